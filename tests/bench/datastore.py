#!/usr/bin/python3
"""The datastore at 100,000 routes: load, validate, commit, one leaf, expressions, rollback, memory.

Peer: YANG Tools' own parser and data tree, which validate next to nothing, in the same process.
The database lies in memory: this measures our work, not a disk's. Before that, the same over NETCONF
with a live virtual router, which is sent the configuration, prepares and applies it; disk included.
"""

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab import configs
from vireolab.bench import arguments, class_path
from vireolab.lab import Lab, LabError, await_true
from vireolab.router import Vireo
from vireolab.sockets import java
from vireolab.topology import two_hosts

ROUTES = 100_000
STANDARD = (
    f'<logical-network-elements xmlns="{configs.LNE}"><logical-network-element><name>blue</name>'
    '<profile xmlns="urn:vireo:yang:vireo-virtual-router">standard</profile>'
    "</logical-network-element></logical-network-elements>")
LIVE_COMMITS = 15


def prefix(number):
    return f"{20 + (number >> 16)}.{number >> 8 & 0xFF}.{number & 0xFF}.0/24"


def description(number, text):
    return configs.router("blue", configs.static_routes((prefix(number), "10.0.2.2")).replace(
        "</destination-prefix>", f"</destination-prefix><description>{text}</description>"))


def timed(action):
    began = time.monotonic()
    action()
    return (time.monotonic() - began) * 1000


def commit_one(netconf, number, text):
    """Milliseconds of a commit that changes one leaf; the edit before it is not counted."""
    netconf.edit(description(number, text))
    return timed(netconf.commit)


def live():
    """Commits over NETCONF with a router that takes them."""
    with Lab(f"vb{os.getpid()}d") as lab:
        two_hosts(lab)
        vireo = Vireo(lab, "r")
        try:
            vireo.start()
            with vireo.netconf() as netconf:
                # 100,000 routes are beyond the small profile's heap of 32 MB.
                netconf.edit(STANDARD)
                netconf.edit(configs.two_hosts())
                netconf.commit()
                await_true(lambda: vireo.router_pid("blue", netconf) is not None, 30, "blue runs")
                netconf.edit(description(0, "first"))
                netconf.commit()
                empty = [commit_one(netconf, 0, f"e{i}") for i in range(LIVE_COMMITS)]
                routes = [(prefix(i), "10.0.2.2") for i in range(ROUTES)]
                edit = timed(lambda: netconf.edit(
                    configs.router("blue", configs.static_routes(*routes))))
                load = timed(netconf.commit)
                full = [commit_one(netconf, random.randrange(ROUTES), f"f{i}")
                        for i in range(LIVE_COMMITS)]
        finally:
            vireo.close()
    for what, samples in (("one leaf, few routes", empty), ("one leaf, on 100,000 routes", full)):
        print(f"samples live {what} (ms): " + " ".join(f"{s:.1f}" for s in samples))
    print(f"live load of 100,000 routes: edit {edit:.0f} ms, commit {load:.0f} ms", flush=True)
    few, many = statistics.median(empty), statistics.median(full)
    print(f"RESULT name=datastore.live-load value={load:.0f} unit=ms peer=none peer_value=0 ratio=0")
    print(f"RESULT name=datastore.live-commit-one value={many:.1f} unit=ms peer=few-routes "
          f"peer_value={few:.1f} ratio={few / many:.2f}", flush=True)


def main():
    given = arguments("datastore")
    jars = class_path(given.out)
    peer = next(os.path.basename(jar) for jar in jars.split(":") if "yang-data-tree-ri" in jar)
    print(f"# {os.uname().release}, {os.cpu_count()} cores; peer: {peer} and its XML parser",
          flush=True)
    live()
    directory = tempfile.mkdtemp(prefix="vireo-bench-", dir="/dev/shm")
    command = [
        java(), "-Xms3g", "-Xmx3g", "-Xmn1g", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
        f"-Dorg.sqlite.lib.path={os.path.join(given.out, 'native')}",
        "-Dorg.sqlite.lib.name=libsqlitejdbc.so",
        "-cp", jars, "io.vireo.tests.bench.DatastoreBench", directory,
        os.path.join(os.path.dirname(os.path.abspath(__file__)), "models")]
    print("# " + " ".join(command[:5]) + " ... " + " ".join(command[-3:]), flush=True)
    try:
        return subprocess.run(command + (["--check"] if given.check else []),
                              check=False).returncode
    finally:
        shutil.rmtree(directory, ignore_errors=True)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LabError as error:
        sys.exit(f"bench: {error}")
