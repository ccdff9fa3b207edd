#!/usr/bin/python3
"""64-octet UDP through a virtual router over memif, one core; peer: DPDK's testpmd in its place.

The generator, a client of either, runs on core 0 and sends, receives and counts; the forwarder runs
on core 1, alternately a virtual router (FIB lookup, TTL, checksum, Ethernet rewrite) and testpmd in
io mode (no look at the packets). What is forwarded is what the generator gets back. Fresh processes
for each sample, as the rates over shared memory differ from start to start.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab.bench import arguments, java_command, report
from vireolab.hugepages import hugepages
from vireolab.lab import LabError, await_true

STARTS = 5
SECONDS = 15
WARM = 9  # seconds that are not counted: the router compiles and takes in its routes; for both alike
MEMORY_MB = 512
GENERATOR_CORE, FORWARDER_CORE = "0", "1"
MAC = "020000000100"


class Bench:
    def __init__(self, out, directory):
        self.out = out
        self.directory = directory
        self.sockets = [os.path.join(directory, f"m{i}.sock") for i in range(2)]

    def routes(self):
        self.run("io.vireo.tests.bench.FibRoutes", self.directory, "1")
        return os.path.join(self.directory, "routes4")

    def run(self, *words, heap="2g"):
        command = java_command(self.out, GENERATOR_CORE, heap) + list(words)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise LabError(f"{words[0]} ended with {done.returncode}: {done.stderr[-800:]}")
        return done.stdout

    def router_command(self, routes):
        return [*java_command(self.out, FORWARDER_CORE, "2g"),
                "io.vireo.tests.bench.MemifRouter", *self.sockets, routes]

    def testpmd_command(self):
        ports = [f"--vdev=net_memif{i},role=server,id={i},socket={socket},socket-abstract=no"
                 for i, socket in enumerate(self.sockets)]
        return ["dpdk-testpmd", "--lcores", f"0@{FORWARDER_CORE},1@{FORWARDER_CORE}", "--in-memory",
                "--no-pci", "--no-telemetry", "-m", str(MEMORY_MB), *ports, "--", "--nb-cores=1",
                "--forward-mode=io", "--burst=64", "--txd=1024", "--rxd=1024", "--no-mlockall",
                "--total-num-mbufs=65536", "-a", "-i"]

    def sample(self, command, destinations):
        """Million packets per second that came back, in the seconds that count."""
        for socket in self.sockets:
            if os.path.exists(socket):
                os.unlink(socket)
        with open(os.path.join(self.directory, "forwarder.log"), "w", encoding="utf-8") as log:
            forwarder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=log,
                                         stderr=subprocess.STDOUT)
            try:
                def ready():
                    if forwarder.poll() is not None:
                        raise LabError(f"{command[0]} ended: {self.log()}")
                    return all(os.path.exists(socket) for socket in self.sockets) and (
                        "testpmd" in command[0] or "ready" in self.log())
                await_true(ready, 120, f"{command[0]} is ready")
                text = self.run("io.vireo.tests.bench.MemifGenerator", *self.sockets, MAC,
                                destinations, str(SECONDS), heap="256m")
            finally:
                forwarder.stdin.close()
                try:
                    forwarder.wait(15)
                except subprocess.TimeoutExpired:
                    forwarder.kill()
                    forwarder.wait()
        seconds = [line.split() for line in text.splitlines()][WARM:]
        return statistics.median(int(s[3]) / float(s[5]) for s in seconds) / 1e6

    def log(self):
        with open(os.path.join(self.directory, "forwarder.log"), encoding="utf-8") as log:
            return log.read()[-2000:]


def main():
    given = arguments("forward-memif")
    version = subprocess.run(["dpkg-query", "-W", "-f", "${Version}", "dpdk"], capture_output=True,
                             text=True, check=False).stdout
    print(f"# {os.uname().release}, {os.cpu_count()} cores: generator on {GENERATOR_CORE}, forwarder "
          f"on {FORWARDER_CORE}; frames of 64 octets; peer: DPDK {version} testpmd io", flush=True)
    directory = tempfile.mkdtemp(prefix="vireo-bench-", dir="/dev/shm")
    missed, results = [], []
    try:
        bench = Bench(given.out, directory)
        print("# peer: " + " ".join(bench.testpmd_command()))
        with hugepages(MEMORY_MB):
            million = bench.routes()
            for what, routes, destinations, target in (
                    ("random-1m", million, "random", 0.5), ("one-route", "default", "one", 0.9)):
                ours, peers = [], []
                for start in range(STARTS):
                    ours.append(bench.sample(bench.router_command(routes), destinations))
                    peers.append(bench.sample(bench.testpmd_command(), destinations))
                    print(f"sample {start} {what}: vireo {ours[-1]:.2f} Mpps, "
                          f"testpmd {peers[-1]:.2f} Mpps", flush=True)
                value, peer = statistics.median(ours), statistics.median(peers)
                results.append(f"RESULT name=forward-memif.{what} value={value:.2f} unit=Mpps "
                               f"peer=testpmd-io peer_value={peer:.2f} ratio={value / peer:.2f}")
                if value / peer < target:
                    missed.append(f"{what}: ratio {value / peer:.2f} is below {target}")
    finally:
        shutil.rmtree(directory, ignore_errors=True)
    return report(results, missed, given.check)


if __name__ == "__main__":
    try:
        sys.exit(main())
    except LabError as error:
        sys.exit(f"bench: {error}")
