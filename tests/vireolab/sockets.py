"""Programs with sockets: plain ones on a lab's hosts, and Java ones that use rsock."""

import os
import subprocess
import sys
import threading

from .lab import LabError, await_true
from .router import ROOT

_EXCHANGE = """
import socket, sys
address, port, text, seconds = sys.argv[1], int(sys.argv[2]), sys.argv[3], float(sys.argv[4])
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.settimeout(seconds)
s.connect((address, port))
try:
    s.send(text.encode())
    sys.stdout.write(s.recv(65536).decode())
except OSError:
    sys.exit(3)
"""

def udp_exchange(lab, host, address, port, text, seconds=3.0):
    """Sends a datagram from a plain kernel socket of `host` and returns the answer, or None."""
    done = lab.exec(
        host, "/usr/bin/python3", "-c", _EXCHANGE, address, str(port), text, str(seconds), check=False
    )
    return done.stdout if done.returncode == 0 else None


class RsockApplication:
    """The client jar's UDP tool under `vireo exec`, with its output read line by line."""

    def __init__(self, vireo, *arguments, rules=None, out=os.path.join(ROOT, "out")):
        jars = os.path.join(out, "lib")
        with open(os.path.join(jars, "client.classpath"), encoding="utf-8") as names:
            class_path = ":".join(os.path.join(jars, n.strip()) for n in names)
        environment = {**os.environ, "RSOCK_DIR": vireo.rsock_directory()}
        if rules:
            environment["RSOCK_RULES"] = rules
        self.lab = vireo.lab
        self.lines = []
        self.process = vireo.lab.start(
            vireo.host, java(), "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-cp", class_path,
            "io.vireo.rsock.client.tool.UdpTool", *arguments,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.rstrip())

    def await_line(self, word, seconds=20):
        def found():
            if any(word in line for line in self.lines):
                return True
            if self.process.poll() is not None:
                raise LabError(f"the program ended with {self.process.returncode}: {self.lines}")
            return False

        await_true(found, seconds, f"the program says '{word}' (it said {self.lines})")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.lab.stop(self.process)
        self.reader.join(2)


def java():
    """The JDK that `./vireo` found: it exports JAVA_HOME."""
    home = os.environ.get("JAVA_HOME")
    if home and os.path.exists(os.path.join(home, "bin", "java")):
        return os.path.join(home, "bin", "java")
    sys.exit("vireolab: JAVA_HOME names no JDK; start this through ./vireo")
