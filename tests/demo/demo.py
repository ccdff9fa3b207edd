#!/usr/bin/python3
"""The demo: a virtual router between two hosts, seen working from every door.

With --check it asks nothing and its exit code says whether all held; without, it leaves the
router's prompt. Everything happens in namespaces of its own and is taken away at the end.
"""

import argparse
import os
import re
import signal
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab import configs
from vireolab.lab import Lab, LabError, await_true, run
from vireolab.netconf import RpcError
from vireolab.router import CLI_PORT, Vireo
from vireolab.sockets import RsockApplication, udp_exchange
from vireolab.topology import two_hosts

PINGS = 20
FIRST_PACKET_SECONDS = 5.0
HEAL_SECONDS = 5.0


class Steps:
    """Counts what was shown and prints it as it happens."""

    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.began = time.monotonic()
        self.tty = sys.stdout.isatty()

    def show(self, text):
        for line in text.rstrip().splitlines():
            print(f"      {line}", flush=True)

    def say(self, text):
        print(f"{time.monotonic() - self.began:5.1f} {text}", flush=True)

    def check(self, holds, what, detail=""):
        mark = "ok" if holds else "FAILED"
        print(f"{time.monotonic() - self.began:5.1f} {mark:6} {what}", flush=True)
        if holds:
            self.passed += 1
        else:
            self.failed += 1
            self.show(detail)


def forwards(lab):
    """One ping from h1 to h2, without patience."""
    return lab.exec(
        "h1", "ping", "-n", "-c", "1", "-W", "1", "10.0.2.2", check=False
    ).returncode == 0


def show_forwarding(steps, lab):
    await_true(lambda: forwards(lab), 10, "h1 reaches h2 through blue")
    ping = lab.exec("h1", "ping", "-n", "-c", "3", "-i", "0.2", "10.0.2.2").stdout
    steps.check("ttl=63" in ping, "ping h1 -> h2 goes through blue: the TTL is one less", ping)
    trace = lab.exec("h1", "traceroute", "-n", "-q", "1", "-w", "2", "10.0.2.2").stdout
    hops = re.findall(r"^\s*\d+\s+([0-9.]+)", trace, re.M)
    steps.check(hops == ["10.0.1.1", "10.0.2.2"], "traceroute names blue, then h2", trace)
    own = lab.exec("h1", "ping", "-n", "-c", "2", "-i", "0.2", "10.0.1.1", check=False)
    steps.check(own.returncode == 0, "blue answers a ping at its own address", own.stdout)
    nowhere = lab.exec("h1", "ping", "-n", "-c", "1", "-W", "2", "198.51.100.1", check=False)
    steps.check(
        "Unreachable" in nowhere.stdout, "a destination without a route is reported by blue",
        nowhere.stdout,
    )


def interface_counters(netconf, name):
    reply = netconf.get_text(
        configs.router("blue", f'<interfaces xmlns="{configs.INTERFACES}"><interface>'
                       f"<name>{name}</name><statistics/></interface></interfaces>")
    )

    def value(leaf):
        found = re.search(rf"<{leaf}>(\d+)</{leaf}>", reply)
        return int(found.group(1)) if found else 0

    return sum(value(f"in-{kind}-pkts") for kind in ("unicast", "broadcast", "multicast"))


def show_counters(steps, lab, netconf):
    """Both ends of one wire count the same packets."""
    before = interface_counters(netconf, "eth1"), lab.packets_sent("h1", "eth0")
    lab.exec("h1", "ping", "-n", "-c", str(PINGS), "-i", "0.05", "10.0.2.2")

    def settled():
        sent = lab.packets_sent("h1", "eth0") - before[1]
        received = interface_counters(netconf, "eth1") - before[0]
        return (sent, received) if sent == received and sent >= PINGS else None

    try:
        sent, received = await_true(settled, 5, "counters settle", interval=0.2)
        steps.check(True, f"'get' counts what was sent: h1 sent {sent}, blue received {received}")
    except LabError:
        sent = lab.packets_sent("h1", "eth0") - before[1]
        received = interface_counters(netconf, "eth1") - before[0]
        steps.check(False, f"'get' counts what was sent: h1 {sent}, blue {received}")


def show_sockets(steps, lab, vireo):
    """UDP between an application in blue and a plain socket in h2; then one program on both sides."""
    with RsockApplication(vireo, "serve", "--vr", "blue", "--port", "7000") as server:
        server.await_line("listening")
        answer = udp_exchange(lab, "h2", "10.0.2.1", 7000, "hello blue")
        steps.check(answer == "hello blue", "UDP: h2's plain socket talks to a program in blue", answer)
        inside = vireo.cli("show sockets vr blue", check=False)
        steps.check("7000" in inside.stdout, "blue lists that program's socket", inside.stdout + inside.stderr)

    rules = os.path.join(vireo.state, "rsock.rules")
    write_rules(rules, "kernel")
    with RsockApplication(
        vireo, "serve", "--both", "blue", "--port", "7001", "--rules-port", "7002", rules=rules
    ) as program:
        program.await_line("listening")
        a = udp_exchange(lab, "h1", "10.0.1.1", 7001, "via blue")
        k = udp_exchange(lab, vireo.host, "127.0.0.1", 7001, "via kernel")
        steps.check(
            (a, k) == ("via blue", "via kernel"),
            "one Java program holds a socket in blue and one in the kernel", f"{a!r} {k!r}",
        )
        first = udp_exchange(lab, vireo.host, "127.0.0.1", 7002, "by the rules")
        write_rules(rules, "blue")

        def moved():
            return udp_exchange(lab, "h2", "10.0.2.1", 7002, "moved", seconds=0.5) == "moved"

        try:
            await_true(moved, 10, "the socket moves to blue")
            left = udp_exchange(lab, vireo.host, "127.0.0.1", 7002, "still there?", seconds=0.5)
            steps.check(
                first == "by the rules" and left is None,
                "a changed rule moves its third socket from the kernel to blue, without restart",
            )
        except LabError as late:
            steps.check(False, "a changed rule moves a socket from the kernel to blue", str(late))


def write_rules(path, target):
    """The rules file is replaced, never half-written."""
    with open(path + ".new", "w", encoding="utf-8") as rules:
        rules.write(f"# port 7002 lives in {target}\nport 7002 -> {target}\ndefault -> kernel\n")
    os.replace(path + ".new", path)


def show_cli(steps, vireo):
    routes = vireo.cli("show ip route vr blue", check=False)
    steps.show(routes.stdout)
    steps.check(
        all(p in routes.stdout for p in ("10.0.1.0/24", "10.0.2.0/24", "192.0.2.0/24")),
        "'show ip route' over SSH shows connected and static routes", routes.stdout + routes.stderr,
    )
    nonsense = vireo.cli("show me the way", check=False)
    steps.check(
        nonsense.returncode != 0 and "^" in nonsense.stdout + nonsense.stderr,
        "nonsense gets a caret and an exit code", nonsense.stdout + nonsense.stderr,
    )


def show_bad_input(steps, netconf):
    """Every refusal names the value."""

    def refused(what, config, *words):
        try:
            netconf.edit(config)
            netconf.commit()
            steps.check(False, f"refused: {what}", "it was accepted")
        except RpcError as error:
            text = f"{error.tag}: {error.message} {error.path} {error.info}"
            steps.check(all(w in text for w in words), f"refused: {what}", text)
            steps.show(error.message)
        finally:
            netconf.call("discard_changes")

    refused(
        "an address without its prefix length",
        configs.router("blue", f'<interfaces xmlns="{configs.INTERFACES}"><interface><name>eth1</name>'
                       f'<ipv4 xmlns="{configs.IP}"><address><ip>10.0.9.300</ip></address></ipv4>'
                       "</interface></interfaces>"),
        "10.0.9.300",
    )
    refused("two routers claiming one device", configs.router("red")
            + configs.ports(configs.port("again", "red", device="eth1")), "eth1")
    refused("a port of a router that does not exist",
            configs.ports(configs.port("eth9", "green")), "green")


def show_crash(steps, lab, vireo, netconf):
    before = await_true(lambda: vireo.router_pid("blue", netconf), 5, "blue's process is known")
    os.kill(before, signal.SIGKILL)
    killed = time.monotonic()
    await_true(lambda: not os.path.exists(f"/proc/{before}"), 5, "blue dies")
    try:
        await_true(lambda: forwards(lab), HEAL_SECONDS + 10, "blue forwards again")
        healed = time.monotonic() - killed
        steps.check(healed <= HEAL_SECONDS, f"kill -9 of blue heals in {healed:.1f} s")
    except LabError as late:
        steps.check(False, f"kill -9 of blue: {late}", vireo.log())
        return
    after = await_true(lambda: vireo.router_pid("blue", netconf), 5, "blue runs again")
    steps.check(after != before, "blue is a new process with the same configuration")


def show_manager_death(steps, lab, vireo):
    """The manager dies; blue does not notice."""
    pids = run("pgrep", "-f", f"ManagerMain.*{re.escape(vireo.data)}", check=False).stdout.split()
    if not pids:
        steps.check(False, "the manager's process is found")
        return
    ping = lab.start("h1", "ping", "-n", "-i", "0.02", "-c", "250", "10.0.2.2", stdout=subprocess.PIPE)
    for pid in pids:
        os.kill(int(pid), signal.SIGKILL)
    output, _ = ping.communicate(timeout=60)
    lab.processes.remove(ping)
    steps.check(" 0% packet loss" in output, "kill -9 of the manager: blue loses no packet",
                "\n".join(output.splitlines()[-3:]))

    def answers():
        return vireo.cli("show virtual-routers", check=False).returncode == 0

    await_true(answers, 30, "the manager is back", interval=0.3)
    listing = vireo.cli("show virtual-routers")
    steps.show(listing.stdout)
    steps.check("blue" in listing.stdout, "the manager is back and has found blue", listing.stdout)


def show_restart(steps, lab, vireo):
    """From 'vireo run' with a committed configuration to the first forwarded packet."""
    steps.check(vireo.stop() == 0, "SIGTERM ends everything in order", vireo.log())
    began = time.monotonic()
    first = {}

    def probe():
        # The first packet may come before NETCONF accepts.
        while time.monotonic() - began < 60 and "seconds" not in first:
            if forwards(lab):
                first["seconds"] = time.monotonic() - began

    watcher = threading.Thread(target=probe)
    watcher.start()
    ready = vireo.start()
    watcher.join()
    seconds = first.get("seconds", 60.0)
    steps.check(seconds < FIRST_PACKET_SECONDS,
                f"started again: first packet after {seconds:.1f} s, NETCONF after {ready:.1f} s",
                vireo.log())


def demonstrate(steps, lab, vireo):
    steps.say("two hosts and a router's place between them")
    two_hosts(lab)
    steps.say("vireo run")
    seconds = vireo.start()
    steps.say(f"NETCONF accepts after {seconds:.1f} s")
    with vireo.netconf() as netconf:
        steps.say("configuring blue over NETCONF: two ports, two addresses, a route")
        netconf.edit(configs.two_hosts())
        netconf.call("validate", source="candidate")
        netconf.commit()
        show_forwarding(steps, lab)
        show_counters(steps, lab, netconf)
        show_cli(steps, vireo)
        show_sockets(steps, lab, vireo)
        show_bad_input(steps, netconf)
        show_crash(steps, lab, vireo, netconf)
    show_manager_death(steps, lab, vireo)
    show_restart(steps, lab, vireo)


def prompt(lab, vireo):
    """The router's own command line, until the user leaves it."""
    if not sys.stdin.isatty():
        return
    print("\nblue runs between h1 and h2. Try: show ip route vr blue, show virtual-routers, "
          "ping vr blue 10.0.2.2, ?\nLeave with: exit\n", flush=True)
    subprocess.run(
        ["ip", "netns", "exec", lab.name(vireo.host), "ssh", "-t", *vireo.ssh_options(),
         "-p", str(CLI_PORT), "admin@127.0.0.1"],
        check=False,
    )


def main():
    parser = argparse.ArgumentParser(prog="vireo demo")
    parser.add_argument("--check", action="store_true")
    parser.add_argument("--out", required=True)
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    steps = Steps()
    failure = None
    with Lab(f"vireo-demo-{os.getpid()}") as lab:
        vireo = Vireo(lab, "r")
        try:
            demonstrate(steps, lab, vireo)
            if not arguments.check:
                prompt(lab, vireo)
        except (LabError, RpcError, subprocess.TimeoutExpired) as error:
            failure = error
            steps.check(False, str(error), vireo.log())
        except KeyboardInterrupt:
            print("\nstopped; cleaning up", flush=True)
            failure = KeyboardInterrupt()
        finally:
            vireo.close()
    left = [n for n in os.listdir("/run/netns") if n.startswith(lab.prefix)]
    steps.check(not left, "nothing is left behind", " ".join(left))
    print(f"{steps.passed} shown, {steps.failed} failed", flush=True)
    return 130 if isinstance(failure, KeyboardInterrupt) else 1 if steps.failed else 0


if __name__ == "__main__":
    sys.exit(main())
