#!/usr/bin/python3
"""The datastore at 100,000 routes: load, validate, commit, one leaf, expressions, rollback, memory.

Peer: YANG Tools' own parser and data tree, which validate next to nothing, in the same process.
The database lies in memory: this measures our work, not a disk's.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab.sockets import java


def main():
    parser = argparse.ArgumentParser(prog="vireo bench datastore")
    parser.add_argument("--out", required=True)
    parser.add_argument("--check", action="store_true")
    arguments = parser.parse_args()
    jars = [os.path.join(arguments.out, directory, name)
            for directory in ("bench", "lib")
            for name in sorted(os.listdir(os.path.join(arguments.out, directory)))
            if name.endswith(".jar")]
    peer = next(os.path.basename(jar) for jar in jars if "yang-data-tree-ri" in jar)
    print(f"# {os.uname().release}, {os.cpu_count()} cores; peer: {peer} and its XML parser",
          flush=True)
    directory = tempfile.mkdtemp(prefix="vireo-bench-", dir="/dev/shm")
    command = [
        java(), "-Xms3g", "-Xmx3g", "-Xmn1g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
        f"-Dorg.sqlite.lib.path={os.path.join(arguments.out, 'native')}",
        "-Dorg.sqlite.lib.name=libsqlitejdbc.so",
        "-cp", ":".join(jars), "io.vireo.tests.bench.DatastoreBench", directory,
        os.path.join(os.path.dirname(os.path.abspath(__file__)), "models")]
    print("# " + " ".join(command[:5]) + " ... " + " ".join(command[-3:]), flush=True)
    try:
        return subprocess.run(command + (["--check"] if arguments.check else []),
                              check=False).returncode
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
