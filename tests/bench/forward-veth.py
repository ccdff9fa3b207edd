#!/usr/bin/python3
"""64-octet UDP through a virtual router between two hosts on veth; peer: the kernel in its place.

Source, router and sink share the machine's cores, for both alike: this measures the whole path
that a user with veth or a plain NIC driver has, not the pipeline alone. Samples alternate.
"""

import os
import statistics
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab import configs
from vireolab.bench import arguments, class_path
from vireolab.lab import Lab, LabError, await_true, run
from vireolab.router import Vireo
from vireolab.sockets import java
from vireolab.topology import two_hosts

SAMPLES = 5
SECONDS = 3.0
FRAME_OCTETS = 60  # without the frame check sequence: 64 on the wire
SINK = "10.0.2.9"  # nobody: the frames are counted on arrival and then dropped
SINK_MAC = "02:00:00:00:00:09"
TARGET = 0.5


def build(lab, kernel):
    two_hosts(lab)
    run("ip", "-n", lab.name("h2"), "address", "add", f"{SINK}/32", "dev", "eth0")
    lab.exec("h2", "sysctl", "-qw", "net.ipv4.icmp_ratelimit=1000000")
    if kernel:
        run("ip", "-n", lab.name("r"), "address", "add", "10.0.1.1/24", "dev", "eth1")
        run("ip", "-n", lab.name("r"), "address", "add", "10.0.2.1/24", "dev", "eth2")
        lab.exec("r", "sysctl", "-qw", "net.ipv4.ip_forward=1")


def cpu_seconds():
    """Busy time of all cores, all processes, since boot."""
    with open("/proc/stat", encoding="ascii") as stat:
        fields = [int(f) for f in stat.readline().split()[1:]]
    return (sum(fields[:8]) - fields[3] - fields[4]) / os.sysconf("SC_CLK_TCK")


def received(lab):
    return int(lab.exec("h2", "cat", "/sys/class/net/eth0/statistics/rx_packets").stdout)


def sample(lab, jars):
    """Packets per second that arrived, packets per second sent, cores busy."""
    mac = lab.exec("r", "cat", "/sys/class/net/eth1/address").stdout.strip()
    before, cpu, began = received(lab), cpu_seconds(), time.monotonic()
    done = lab.exec(
        "h1", java(), "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED", "-cp", jars,
        "io.vireo.tests.bench.PacketSource", "eth0", mac, "10.0.1.2", SINK,
        str(FRAME_OCTETS), str(SECONDS))
    time.sleep(0.2)
    seconds = time.monotonic() - began
    sent = int(done.stdout.split()[-1])
    return ((received(lab) - before) / SECONDS, sent / SECONDS, (cpu_seconds() - cpu) / seconds)


def main():
    given = arguments("forward-veth")
    jars = class_path(given.out)
    print(f"# {os.uname().release}, {os.cpu_count()} cores, frames of {FRAME_OCTETS + 4} octets, "
          f"1024 flows, one route; peer: the kernel's IPv4 forwarding (net.ipv4.ip_forward=1)")
    ours, peers = [], []
    with Lab(f"vb{os.getpid()}v") as ours_lab, Lab(f"vb{os.getpid()}k") as kernel_lab:
        build(ours_lab, kernel=False)
        build(kernel_lab, kernel=True)
        vireo = Vireo(ours_lab, "r")
        try:
            vireo.start()
            with vireo.netconf() as netconf:
                netconf.edit(configs.two_hosts())
                netconf.commit()
            for lab in (ours_lab, kernel_lab):
                await_true(lambda: lab.exec("h1", "ping", "-n", "-c", "1", "-W", "1", SINK,
                                            check=False).returncode == 0, 15, "the path stands")
            for number in range(SAMPLES):
                for name, lab, into in (("vireo", ours_lab, ours), ("kernel", kernel_lab, peers)):
                    got, sent, cores = sample(lab, jars)
                    into.append(got)
                    print(f"sample {number} {name}: {got:,.0f} of {sent:,.0f} packets/s, "
                          f"{cores:.2f} cores busy", flush=True)
        finally:
            vireo.close()
    value, peer = statistics.median(ours), statistics.median(peers)
    ratio = value / peer
    print(f"RESULT name=forward-veth.rate value={value:.0f} unit=packets/s peer=linux-"
          f"{os.uname().release} peer_value={peer:.0f} ratio={ratio:.2f}")
    if given.check and ratio < TARGET:
        print(f"missed: ratio {ratio:.2f} is below {TARGET}")
        return 1
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LabError as error:
        sys.exit(f"bench: {error}")
