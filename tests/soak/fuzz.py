#!/usr/bin/python3
"""Coverage-guided fuzzing (Jazzer) of what reads bytes from outside, for so many seconds each.

Inputs that are worth something are kept in OUT/fuzz and begin the next run; what fails is kept beside
them, with a Java program that repeats it.
"""

import argparse
import os
import subprocess
import sys

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab.bench import class_path, native_calls
from vireolab.sockets import java

PACKAGE = "io.vireo.tests.fuzz."
SEEDS = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))),
                     "src", "main", "fuzz")
# The targets of a capability, with the file that their first inputs are made of.
TARGETS = {
    "dataplane": {"FrameFuzz": "frames.txt", "MemifFuzz": None, "ConfigFuzz": None},
    "netconf": {"NetconfFuzz": "netconf.txt"},
}


def command(out, *words):
    jazzer = [os.path.join(out, "fuzz", "lib", name)
              for name in sorted(os.listdir(os.path.join(out, "fuzz", "lib")))]
    return [java(), "-Xmx1500m", "-XX:-OmitStackTraceInFastThrow", "-XX:+EnableDynamicAgentLoading",
            "-Xshare:off", *native_calls(out), "--sun-misc-unsafe-memory-access=allow",
            "-cp", ":".join(jazzer) + ":" + class_path(out), *words]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--out", required=True)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("capability", choices=TARGETS)
    given = parser.parse_args()
    for target, seeds in TARGETS[given.capability].items():
        folder = os.path.join(given.out, "fuzz", target)
        corpus = os.path.join(folder, "corpus")
        os.makedirs(corpus, exist_ok=True)
        if seeds:
            subprocess.run(command(given.out, PACKAGE + target, corpus, os.path.join(SEEDS, seeds)),
                           check=True)
        log = os.path.join(folder, "log")
        with open(log, "w", encoding="utf-8") as said:
            done = subprocess.run(
                command(given.out, "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + PACKAGE + target,
                        "--instrumentation_includes=io.vireo.**", "--disabled_hooks=all",
                        "--reproducer_path=" + folder, corpus, "-len_control=0", "-max_len=4096",
                        f"-max_total_time={given.seconds}", f"-artifact_prefix={folder}/"),
                stdout=said, stderr=subprocess.STDOUT, check=False)
        with open(log, encoding="utf-8", errors="replace") as said:
            lines = said.read().splitlines()
        if done.returncode != 0:
            print("\n".join(lines[-60:]))
            sys.exit(f"fuzz: {target} failed; what repeats it is in {folder}")
        summary = [line for line in lines if line.startswith("Done ")]
        covered = [line for line in lines if " cov: " in line]
        print(f"fuzz: {target}: {summary[-1] if summary else '?'}, "
              f"{covered[-1].split(' cov: ')[1].split()[0] if covered else '?'} branches", flush=True)


if __name__ == "__main__":
    main()
