#!/usr/bin/python3
"""NETCONF: session set-up, latency, rates at 1, 10 and 100 sessions, 100,000 routes in and out.

The server is `vireo run` with a live virtual router; the client is our own, of another process, on
the same cores. Beside it, in the same run, what bounds it: a bare MINA server (the SSH library that
Vireo's is made of), a bare XML parser, a bare fsync. Figures of netopeer2 2.2 were noted on this kind
of machine, with a client in C.
"""

import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab import configs
from vireolab.bench import arguments, class_path
from vireolab.lab import Lab, LabError, await_true
from vireolab.netconf import NETCONF_PORT
from vireolab.router import Vireo
from vireolab.sockets import java
from vireolab.topology import two_hosts

STANDARD = (
    f'<logical-network-elements xmlns="{configs.LNE}"><logical-network-element><name>blue</name>'
    '<profile xmlns="urn:vireo:yang:vireo-virtual-router">standard</profile>'
    "</logical-network-element></logical-network-elements>")
TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    """What a process has used."""
    with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def peak_mb(pid):
    """The most memory that a process had resident."""
    with open(f"/proc/{pid}/status", encoding="ascii") as status:
        return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


def manager_pid(vireo):
    """The router manager's process, a child of the guard."""
    found = subprocess.run(["pgrep", "-f", f"ManagerMain.*{vireo.data}"], capture_output=True,
                           text=True, check=False).stdout.split()
    if not found:
        raise LabError("no process of the router manager's")
    return int(found[0])


def measure(given, lab, vireo):
    """Runs the client beside a bare server; its exit code."""
    program = [java(), "-Xms1g", "-Xmx1g", "-XX:+UseParallelGC", "-cp", class_path(given.out)]
    package = "io.vireo.tests.bench.netconf."
    with tempfile.TemporaryDirectory(prefix="vireo-bench-") as directory:
        bare = lab.start("r", *program, package + "BareServer", directory,
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            port = bare.stdout.readline().strip()
            manager = manager_pid(vireo)
            before = cpu_seconds(manager)
            client = lab.start(
                "r", *program, package + "NetconfBench", str(NETCONF_PORT), port, vireo.key,
                vireo.state, *(["--check"] if given.check else []), stdout=subprocess.PIPE, text=True)
            lines = []
            for line in client.stdout:
                if line.startswith(("RESULT", "missed")):
                    lines.append(line)
                else:
                    print(line, end="", flush=True)
            code = client.wait()
            print(f"router manager: {cpu_seconds(manager) - before:.1f} s of CPU, at most "
                  f"{peak_mb(manager):.0f} MB resident; bare server: {cpu_seconds(bare.pid):.1f} s")
            print("".join(lines), end="", flush=True)
            return code
        finally:
            bare.stdin.close()
            lab.stop(bare)


def main():
    given = arguments("netconf")
    print(f"# {os.uname().release}, {os.cpu_count()} cores, shared by server and client", flush=True)
    with Lab(f"vn{os.getpid()}") as lab:
        two_hosts(lab)
        vireo = Vireo(lab, "r")
        try:
            vireo.start()
            with vireo.netconf() as session:
                session.edit(STANDARD)
                session.edit(configs.two_hosts())
                session.commit()
                await_true(lambda: vireo.router_pid("blue", session) is not None, 30, "blue runs")
            return measure(given, lab, vireo)
        finally:
            vireo.close()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LabError as error:
        sys.exit(f"bench: {error}")
