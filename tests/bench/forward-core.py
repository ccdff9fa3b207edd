#!/usr/bin/python3
"""The forwarding graph alone: nanoseconds a packet, vectors from memory, no driver.

Fresh processes for each sample, on one core. There is no peer in the same place: what VPP's packet
generator does on a machine of this kind, 26 Mpps with one route and 7 with a million, is printed
beside as a constant. Packets for one destination one after the other, as in a train, are looked up
once; the case of 256 destinations does without.
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
from vireolab.lab import LabError

STARTS = 5
CORE = "1"
# Name, arguments, nanoseconds aimed at, and noted of VPP.
CASES = (("random-1m", ("routes4", "random"), 60, 1000 / 7),
         ("one-route-256-destinations", ("spread",), None, 1000 / 26),
         ("one-route", ("one",), 20, 1000 / 26))


def main():
    given = arguments("forward-core")
    command = java_command(os.path.abspath(given.out), CORE, "2g")
    print(f"# {os.uname().release}, {os.cpu_count()} cores, one used; vectors of 256 frames of 64 "
          "octets", flush=True)
    directory = tempfile.mkdtemp(prefix="vireo-bench-", dir="/dev/shm")
    missed, results = [], []

    def run(*words):
        done = subprocess.run(command + list(words), cwd=directory, capture_output=True, text=True,
                              check=False)
        if done.returncode != 0:
            raise LabError(f"{words[0]} ended with {done.returncode}: {done.stderr[-800:]}")
        return done.stdout

    try:
        run("io.vireo.tests.bench.FibRoutes", directory, "1")
        for what, how, target, reference in CASES:
            samples = []
            for start in range(STARTS):
                text = run("io.vireo.tests.bench.ForwardCore", *how)
                graph, source = re.search(r"graph ([0-9.]+) source ([0-9.]+)", text).groups()
                samples.append(float(graph))
                print(f"sample {start} {what}: {graph} ns/packet, and {source} of the source",
                      flush=True)
            value = statistics.median(samples)
            results.append(f"RESULT name=forward-core.{what} value={value:.1f} unit=ns "
                           f"peer=vpp-pg-noted peer_value={reference:.1f} "
                           f"ratio={reference / value:.2f}")
            if target and value > target:
                missed.append(f"{what}: {value:.1f} ns is above {target}")
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    return report(results, missed, given.check)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LabError as error:
        sys.exit(f"bench: {error}")
