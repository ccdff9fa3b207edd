#!/usr/bin/python3
"""Forwarding tables: 1,000,000 IPv4 and 200,000 IPv6 routes; peer: DPDK's rte_fib.

Both look the same addresses up in batches of 64, one core, alternately in fresh processes, and
must find the same next hops: a checksum says so. dpdk-test-fib reports TSC cycles; the clock is
read from the same machine. DPDK gets 2 MB hugepages, our tables transparent ones. Besides: how long
a lost link of two takes until none of the million routes leads over it.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab.bench import arguments, java_command, report
from vireolab.hugepages import hugepages
from vireolab.lab import LabError

STARTS = 5
REPOINT_MS = 5
CORE = "0"
MEMORY_MB = 1024
HERE = os.path.dirname(os.path.abspath(__file__))
METRICS = ("lookup-ns", "chain-ns", "install-ns", "withdraw-ns", "trie-bytes-per-route",
           "bytes-per-route")


def output(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise LabError(f"{' '.join(command)} ended with {done.returncode}: {done.stderr[-400:]}")
    return done.stdout + done.stderr


def tsc_ghz():
    text = output("dmesg")
    found = re.findall(r"tsc: Detected ([0-9.]+) MHz", text)
    if found:
        return float(found[-1]) / 1000
    with open("/proc/cpuinfo", encoding="ascii") as cpuinfo:
        return float(re.search(r"cpu MHz\s*: ([0-9.]+)", cpuinfo.read()).group(1)) / 1000


def ours(out, family, files):
    text = output(*java_command(out, CORE, "2g"), "io.vireo.tests.bench.FibBench", family, *files)
    return dict(line.split() for line in text.splitlines() if len(line.split()) == 2)


def repointed(out, routes):
    """Milliseconds until a lost link has no packets any more, from a fresh process."""
    text = output(*java_command(out, CORE, "4g"), "io.vireo.tests.bench.RepointBench", routes)
    return {metric: float(value) for metric, value in map(str.split, text.splitlines())}


def peer_command(family, files, routes):
    return ["dpdk-test-fib", "-l", CORE, "-m", str(MEMORY_MB), "--no-telemetry", "--no-pci", "--in-memory",
            "--",
            "-f", files[0], "-n", str(routes), "-t", files[1], "-l", "1000000", "-e", "4",
            *(["-6", "-g", "524287"] if family == "6" else [])]


def peer(family, files, routes, ghz):
    text = output(*peer_command(family, files, routes))
    cycles = {what: [float(v) for v in re.findall(rf"AVG FIB {what} ([0-9.]+)", text)]
              for what in ("lookup", "add", "delete")}
    if not cycles["lookup"]:
        raise LabError(f"dpdk-test-fib said nothing of lookups: {text[-400:]}")
    return {what: statistics.mean(values) / ghz for what, values in cycles.items()}


def oracle(directory):
    """A program that prints the checksum of what rte_fib finds."""
    program = os.path.join(directory, "fib")
    flags = output("pkg-config", "--cflags", "--libs", "libdpdk").split()
    output("gcc", "-O2", "-o", program, os.path.join(HERE, "peer", "fib.c"), *flags)
    return program


def main():
    given = arguments("fib")
    ghz = tsc_ghz()
    version = output("pkg-config", "--modversion", "libdpdk").strip()
    print(f"# {os.uname().release}, {os.cpu_count()} cores, one used; TSC {ghz:.3f} GHz; peer: "
          f"DPDK {version} dpdk-test-fib", flush=True)
    directory = tempfile.mkdtemp(prefix="vireo-bench-", dir="/dev/shm")
    missed = []
    results = []
    try:
        output(*java_command(given.out, CORE, "2g"), "io.vireo.tests.bench.FibRoutes", directory, "1")
        with hugepages(MEMORY_MB):
            program = oracle(directory)
            for family in ("6", "4"):
                measure(family, given.out, ghz, directory, program, results, missed)
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    return report(results, missed, given.check)


def measure(family, out, ghz, directory, program, results, missed):
    files = [os.path.join(directory, name + family) for name in ("routes", "addresses")]
    with open(files[0], encoding="ascii") as routes:
        count = sum(1 for _ in routes)
    print(f"# ipv{family}: {count} routes; " + " ".join(peer_command(family, ["ROUTES", "ADDRESSES"],
                                                                     count)), flush=True)
    samples, peers = [], []
    for start in range(STARTS):
        samples.append(ours(out, family, files))
        peers.append(peer(family, files, count, ghz))
        print(f"sample {start} ipv{family} vireo: " + " ".join(
            f"{metric} {samples[-1][metric]}" for metric in METRICS), flush=True)
        print(f"sample {start} ipv{family} dpdk: " + " ".join(
            f"{what}-ns {value:.1f}" for what, value in peers[-1].items()), flush=True)
    text = output(program, "-l", "0", "-m", str(MEMORY_MB), "--no-telemetry", "--no-pci", "--in-memory",
                  "--", family, *files)
    theirs = re.search(r"checksum ([0-9a-f]+)", text).group(1)
    print(f"# ipv{family}: checksum of all next hops: ours {samples[-1]['checksum']}, DPDK's {theirs}")
    if any(sample["checksum"] != theirs for sample in samples):
        missed.append(f"ipv{family}: the next hops differ from DPDK's")

    def median(metric):
        return statistics.median(float(sample[metric]) for sample in samples)

    for metric, what in (("chain-ns", None), ("trie-bytes-per-route", None),
                         ("bytes-per-route", None), ("install-ns", "add"),
                         ("withdraw-ns", "delete"), ("lookup-ns", "lookup")):
        value = median(metric)
        name, unit = metric.rsplit("-", 1) if metric.endswith("-ns") else (metric, "bytes")
        other = statistics.median(each[what] for each in peers) if what else 0
        results.append(
            f"RESULT name=fib.ipv{family}-{name} value={value:.2f} unit={unit} "
            f"peer={'dpdk-test-fib' if what else 'none'} peer_value={other:.2f} "
            f"ratio={other / value:.2f}")
        if metric == "install-ns" and family == "4":
            repoint(out, files[0], other * count / 1e6, results, missed)
        if what == "lookup" and other / value < 1:
            missed.append(f"ipv{family} lookup: ratio {other / value:.2f} is below 1")


def repoint(out, routes, anew_ms, results, missed):
    samples = []
    for start in range(STARTS):
        samples.append(repointed(out, routes))
        print(f"sample {start} repoint vireo: " + " ".join(
            f"{metric} {value}" for metric, value in samples[-1].items()), flush=True)
    print("# the peer of repoint writes every route again: routes times dpdk-test-fib's add")
    for metric in ("repoint-recursive", "repoint"):
        value = statistics.median(sample[f"{metric}-ms"] for sample in samples)
        results.append(
            f"RESULT name=fib.{metric} value={value:.3f} unit=ms peer=dpdk-test-fib "
            f"peer_value={anew_ms:.0f} ratio={anew_ms / value:.0f}")
        if value > REPOINT_MS:
            missed.append(f"{metric}: {value:.3f} ms, above {REPOINT_MS}")


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LabError as error:
        sys.exit(f"bench: {error}")
