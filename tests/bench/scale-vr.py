#!/usr/bin/python3
"""A hundred virtual routers of a hundred routes and one port: start, memory, idle work.

Memory is each process's proportional share of what it has in memory (PSS), 60 s after the last
router forwards; the work is what all of Vireo's processes use of the cores after that, with nothing
to do. Peer for the memory: an idle Java process with the options of a router's profile `small`, a
hundred of them too, which is what there is below our code.
"""

import os
import statistics
import subprocess
import sys
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab import configs
from vireolab.bench import arguments, report
from vireolab.lab import Lab, LabError, await_true
from vireolab.router import Vireo
from vireolab.sockets import java

ROUTERS = 100
ROUTES = 100
SETTLE = 60.0
IDLE_SECONDS = 30.0
PSS_MB = 64.0
IDLE_CORES = 0.05
PEERS = 20
# RunProfile.SMALL's, to be kept like them.
SMALL = ["-XX:+UseCompactObjectHeaders", "-XX:+UseSerialGC", "-Xms16m", "-Xmx32m", "-Xss256k",
         "-XX:ReservedCodeCacheSize=48m", "-XX:-UsePerfData",
         "-XX:+UnlockDiagnosticVMOptions", "-XX:AsyncDeflationInterval=30000",
         "-XX:Tier3InvocationThreshold=2000", "-XX:Tier3MinInvocationThreshold=1000",
         "-XX:Tier3CompileThreshold=10000"]
IDLE = "class Idle { public static void main(String[] a) throws Exception { Thread.sleep(600000); } }"


def name(number):
    return f"vr{number:03d}"


def routers():
    """Their configuration: router N has port eN, 10.N.0.1/24 on it and the routes over 10.N.0.2."""
    return configs.ports(*(configs.port(f"e{n}", name(n)) for n in range(ROUTERS))) + (
        configs.routers(*((name(n), (
            f'<interfaces xmlns="{configs.INTERFACES}">',
            configs.address(f"e{n}", f"10.{n}.0.1", 24),
            "</interfaces>",
            configs.static_routes(
                *((f"172.16.{route}.0/24", f"10.{n}.0.2") for route in range(ROUTES))),
        )) for n in range(ROUTERS))))


def megabytes(pid):
    """A process's proportional share of memory."""
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as rollup:
        for line in rollup:
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    raise LabError(f"process {pid} has no Pss")


def cpu_seconds(pids):
    total = 0
    for pid in pids:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stat:
            fields = stat.read().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / os.sysconf("SC_CLK_TCK")


def children(pid):
    """A process and all below it."""
    found = [pid]
    for at in found:
        for thread in os.listdir(f"/proc/{at}/task"):
            with open(f"/proc/{at}/task/{thread}/children", encoding="ascii") as below:
                found += [int(each) for each in below.read().split()]
    return found


def peer_megabytes(folder):
    """What an idle Java process of the same options shares of memory, among others of its kind."""
    source = os.path.join(folder, "Idle.java")
    with open(source, "w", encoding="ascii") as text:
        text.write(IDLE)
    subprocess.run([os.path.join(os.path.dirname(java()), "javac"), "-d", folder, source],
                   check=True)
    running = [subprocess.Popen([java(), *SMALL, "-cp", folder, "Idle"]) for _ in range(PEERS)]
    try:
        time.sleep(5)
        return statistics.median(megabytes(each.pid) for each in running)
    finally:
        for each in running:
            each.kill()
            each.wait()


def main():
    given = arguments("scale-vr")
    print(f"# {os.uname().release}, {os.cpu_count()} cores; {ROUTERS} routers of profile small, "
          f"{ROUTES} routes and one veth port each; peer: {PEERS} idle Java processes, "
          f"{' '.join(SMALL)}")
    with Lab(f"vs{os.getpid()}") as lab:
        lab.add_host("r")
        lab.add_host("far")
        for n in range(ROUTERS):
            lab.link("far", f"f{n}", "r", f"e{n}")
            lab.address("far", f"f{n}", f"10.{n}.0.2/24")
        vireo = Vireo(lab, "r")
        try:
            vireo.start()
            with vireo.netconf() as session:
                session.edit(routers())
                began = time.monotonic()
                session.commit()
                committed = time.monotonic() - began
                print(f"commit of {ROUTERS} routers: {committed:.1f} s", flush=True)
                answered = set()

                def all_answer():
                    for n in set(range(ROUTERS)) - answered:
                        if lab.exec("far", "ping", "-n", "-c", "1", "-W", "1", f"10.{n}.0.1",
                                    check=False).returncode != 0:
                            return False
                        answered.add(n)
                    return True

                await_true(all_answer, 300, "every router answers")
                ready = time.monotonic() - began
                print(f"every router answers after {ready:.1f} s", flush=True)
                time.sleep(SETTLE)
                pids = [vireo.router_pid(name(n), session) for n in range(ROUTERS)]
            shares = sorted(megabytes(pid) for pid in pids)
            print("PSS of a router, MB: " + " ".join(f"{share:.1f}" for share in shares))
            everything = children(vireo.process.pid)
            before, start = cpu_seconds(everything), time.monotonic()
            time.sleep(IDLE_SECONDS)
            idle = (cpu_seconds(everything) - before) / (time.monotonic() - start)
            print(f"{len(everything)} processes use {idle:.3f} cores with nothing to do")
            peer = peer_megabytes(vireo.state)
        finally:
            vireo.close()
    share = statistics.median(shares)
    results = [
        f"RESULT name=scale-vr.start value={ready:.1f} unit=s peer=none peer_value=0 ratio=0",
        f"RESULT name=scale-vr.idle value={idle:.3f} unit=cores peer=none peer_value=0 ratio=0",
        f"RESULT name=scale-vr.memory value={share:.1f} unit=MB peer=idle-java "
        f"peer_value={peer:.1f} ratio={peer / share:.2f}",
    ]
    missed = []
    if share > PSS_MB:
        missed.append(f"{share:.1f} MB a router are above {PSS_MB:g}")
    if idle > IDLE_CORES:
        missed.append(f"{idle:.3f} cores idle are above {IDLE_CORES:g}")
    return report(results, missed, given.check)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LabError as error:
        sys.exit(f"bench: {error}")
