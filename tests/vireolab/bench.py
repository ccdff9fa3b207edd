"""What the benchmarks have in common."""

import argparse
import os

from .sockets import java


def arguments(name):
    """The two options that every benchmark takes."""
    parser = argparse.ArgumentParser(prog=f"vireo bench {name}")
    parser.add_argument("--out", required=True)
    parser.add_argument("--check", action="store_true")
    return parser.parse_args()


def class_path(out):
    """The benchmarks' classes and the product's."""
    return ":".join(os.path.join(out, part, name)
                    for part in ("bench", "lib")
                    for name in sorted(os.listdir(os.path.join(out, part)))
                    if name.endswith(".jar"))


def native_calls(out):
    """The options of a Java program that calls the C library."""
    return ["-Djna.nounpack=true", "-Djna.boot.library.path=" + os.path.join(out, "native"),
            "--enable-native-access=ALL-UNNAMED"]


def java_command(out, core, heap):
    """A Java program with native calls on one core; its class and arguments are to follow."""
    return ["taskset", "-c", core, java(), f"-Xms{heap}", f"-Xmx{heap}", "-XX:+UseSerialGC",
            *native_calls(out), "-cp", class_path(out)]


def report(results, missed, check):
    """Prints the results, the headline last, and what was missed; the exit code."""
    for line in results:
        print(line)
    for line in missed:
        print("missed: " + line)
    return 1 if missed and check else 0
