#!/usr/bin/python3
"""A router that is offered ten times what it can take: how much of its peak is left.

The router may use a tenth of a core (cgroup), so that one source can overload it; 64-octet UDP comes in
on veth at rising rates, then at ten times the peak. Its peer is itself at its peak. What is too
much is dropped in the receive ring, before it costs anything.
"""

import os
import statistics
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab import configs
from vireolab.bench import arguments, class_path, report
from vireolab.lab import Lab, LabError, await_true, run
from vireolab.router import Vireo
from vireolab.sockets import java
from vireolab.topology import two_hosts

ROUNDS = 3
SECONDS = 3.0
FRAME_OCTETS = 60  # without the frame check sequence: 64 on the wire
SINK = "10.0.2.9"  # nobody: the frames are counted on arrival and then dropped
SHARES = (0.6, 0.8, 1.0, 1.2, 1.5, 2.0)
OVERLOAD = 10
TARGET = 0.9
CGROUPS = "/sys/fs/cgroup/cpu"
PERIOD_US, QUOTA_US = 10_000, 1_000


class Throttle:
    """A tenth of a core for some processes."""

    def __init__(self):
        if not os.path.isdir(CGROUPS):
            raise LabError(f"no cgroup controller for processor time at {CGROUPS}")
        self.folder = os.path.join(CGROUPS, f"vireo-bench-{os.getpid()}")

    def __enter__(self):
        os.mkdir(self.folder)
        self.write("cpu.cfs_period_us", PERIOD_US)
        self.write("cpu.cfs_quota_us", QUOTA_US)
        return self

    def write(self, name, value):
        with open(os.path.join(self.folder, name), "w", encoding="ascii") as file:
            file.write(str(value))

    def take(self, pid):
        self.write("cgroup.procs", pid)

    def __exit__(self, *_):
        with open(os.path.join(self.folder, "cgroup.procs"), encoding="ascii") as inside:
            pids = inside.read().split()
        for pid in pids:
            with open(os.path.join(CGROUPS, "cgroup.procs"), "w", encoding="ascii") as root:
                root.write(pid)
        os.rmdir(self.folder)


def received(lab):
    return int(lab.exec("h2", "cat", "/sys/class/net/eth0/statistics/rx_packets").stdout)


def sample(lab, jars, rate):
    """Packets per second that arrived and that were sent."""
    mac = lab.exec("r", "cat", "/sys/class/net/eth1/address").stdout.strip()
    before = received(lab)
    done = lab.exec(
        "h1", java(), "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", jars,
        "io.vireo.tests.bench.PacketSource", "eth0", mac, "10.0.1.2", SINK,
        str(FRAME_OCTETS), str(SECONDS), str(round(rate)))
    time.sleep(0.3)
    return (received(lab) - before) / SECONDS, int(done.stdout.split()[-1]) / SECONDS


def main():
    given = arguments("overload")
    jars = class_path(given.out)
    print(f"# {os.uname().release}, {os.cpu_count()} cores, the router's process may use "
          f"{QUOTA_US / PERIOD_US:.0%} of one; frames of {FRAME_OCTETS + 4} octets, one route")
    ratios, peaks, left = [], [], []
    with Lab(f"vo{os.getpid()}") as lab, Throttle() as throttle:
        two_hosts(lab)
        run("ip", "-n", lab.name("h2"), "address", "add", f"{SINK}/32", "dev", "eth0")
        vireo = Vireo(lab, "r")
        try:
            vireo.start()
            with vireo.netconf() as netconf:
                netconf.edit(configs.two_hosts())
                netconf.commit()
                pid = await_true(lambda: vireo.router_pid("blue", netconf), 15, "blue runs")
            await_true(lambda: lab.exec("h1", "ping", "-n", "-c", "1", "-W", "1", SINK,
                                        check=False).returncode == 0, 15, "the path stands")
            for _ in range(2):
                sample(lab, jars, 0)  # what it runs is compiled
            throttle.take(pid)
            for number in range(ROUNDS):
                about = sample(lab, jars, 0)[0]
                peak = 0
                for share in SHARES:
                    got, sent = sample(lab, jars, about * share)
                    peak = max(peak, got)
                    print(f"sample {number}: {got:,.0f} of {sent:,.0f} packets/s", flush=True)
                got, sent = sample(lab, jars, peak * OVERLOAD)
                print(f"sample {number} overload: {got:,.0f} of {sent:,.0f} packets/s, "
                      f"{sent / peak:.1f} times the peak", flush=True)
                ratios.append(got / peak)
                peaks.append(peak)
                left.append(got)
        finally:
            vireo.close()
    ratio = statistics.median(ratios)
    missed = [] if ratio >= TARGET else [f"ratio {ratio:.2f} is below {TARGET}"]
    return report([
        f"RESULT name=overload.rate value={statistics.median(left):.0f} unit=packets/s "
        f"peer=its-peak peer_value={statistics.median(peaks):.0f} ratio={ratio:.2f}"],
        missed, given.check)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LabError as error:
        sys.exit(f"bench: {error}")
