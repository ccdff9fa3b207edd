"""Hosts in network namespaces joined by veth, and the processes started in them."""

import os
import signal
import subprocess
import time


class LabError(Exception):
    """Something the lab needs did not happen; the text says what."""


def run(*command, check=True, timeout=60, **options):
    """Runs a command to its end; its output is text."""
    done = subprocess.run(
        command, text=True, capture_output=True, timeout=timeout, check=False, **options
    )
    if check and done.returncode != 0:
        raise LabError(f"{' '.join(command)}: exit {done.returncode}\n{done.stdout}{done.stderr}")
    return done


def await_true(probe, seconds, what, interval=0.05):
    """Polls `probe` until it answers something true, which is returned."""
    end = time.monotonic() + seconds
    while True:
        answer = probe()
        if answer:
            return answer
        if time.monotonic() > end:
            raise LabError(f"{what}: not within {seconds:g} s")
        time.sleep(interval)


class Lab:
    """Namespaces whose names start with `prefix`, and what runs in them."""

    def __init__(self, prefix):
        self.prefix = prefix
        self.namespaces = []
        self.processes = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def name(self, host):
        return f"{self.prefix}-{host}"

    def add_host(self, host):
        """A new namespace with its loopback up."""
        name = self.name(host)
        if os.path.exists(f"/run/netns/{name}"):
            raise LabError(
                f"the namespace {name} exists already: another run's? 'ip netns del {name}'"
            )
        run("ip", "netns", "add", name)
        self.namespaces.append(name)
        run("ip", "-n", name, "link", "set", "lo", "up")
        # Quiet links: a host says nothing that nobody asked of it.
        run("ip", "netns", "exec", name, "sysctl", "-qw", "net.ipv6.conf.all.disable_ipv6=1",
            "net.ipv6.conf.default.disable_ipv6=1", check=False)

    def link(self, host_a, device_a, host_b, device_b):
        """A veth pair between two hosts, both ends up, checksum offload off."""
        a, b = self.name(host_a), self.name(host_b)
        run("ip", "link", "add", device_a, "netns", a, "type", "veth",
            "peer", "name", device_b, "netns", b)
        run("ip", "-n", a, "link", "set", device_a, "up")
        run("ip", "-n", b, "link", "set", device_b, "up")

    def address(self, host, device, prefix, gateway=None):
        name = self.name(host)
        run("ip", "-n", name, "address", "add", prefix, "dev", device)
        if gateway:
            run("ip", "-n", name, "route", "add", "default", "via", gateway)

    def enable_ipv6(self, host, device, router_advertisements=False):
        """IPv6 on a device; with router advertisements it makes itself addresses and routes."""
        wanted = "1" if router_advertisements else "0"
        self.exec(host, "sysctl", "-qw", f"net.ipv6.conf.{device}.accept_ra={wanted}",
                  f"net.ipv6.conf.{device}.autoconf={wanted}",
                  f"net.ipv6.conf.{device}.disable_ipv6=0")

    def exec(self, host, *command, **options):
        """Runs a command on a host to its end."""
        return run("ip", "netns", "exec", self.name(host), *command, **options)

    def start(self, host, *command, **options):
        """Starts a process on a host; it is ended with the lab."""
        process = subprocess.Popen(
            ["ip", "netns", "exec", self.name(host), *command],
            start_new_session=True, **{"text": True, **options}
        )
        self.processes.append(process)
        return process

    def stop(self, process, seconds=15):
        """Asks a process started here to end, and kills its session if it does not."""
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(seconds)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        if process in self.processes:
            self.processes.remove(process)
        return process.returncode

    def packets_sent(self, host, device):
        """What the kernel counted going out of a device."""
        path = f"/sys/class/net/{device}/statistics/tx_packets"
        return int(self.exec(host, "cat", path).stdout)

    def close(self):
        for process in reversed(list(self.processes)):
            self.stop(process)
        for name in self.namespaces:
            run("ip", "netns", "del", name, check=False)
        self.namespaces.clear()
