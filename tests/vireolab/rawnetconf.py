"""A NETCONF session octet by octet, over `ssh -s netconf`: what is sent is what the test says."""

import os
import select
import subprocess
import time

from .lab import LabError
from .netconf import NETCONF_PORT

BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"
MARK = b"]]>]]>"


def hello(*versions):
    """A client's hello with its mark (RFC 6241 §8.1, RFC 6242 §4.1)."""
    capabilities = "".join(
        f"<capability>urn:ietf:params:netconf:base:{version}</capability>" for version in versions)
    return f'<hello xmlns="{BASE}"><capabilities>{capabilities}</capabilities></hello>'.encode() + MARK


def chunked(message, *sizes):
    """A message in chunks of these sizes, the last as long as it takes (RFC 6242 §4.2)."""
    data = message.encode() if isinstance(message, str) else message
    framed = b""
    for size in (*sizes, len(data)):
        part, data = data[:size], data[size:]
        framed += b"\n#%d\n" % len(part) + part if part else b""
    return framed + b"\n##\n"


class RawSession:
    """One session; use it with `with`."""

    def __init__(self, vireo, user="admin", versions=("1.0", "1.1")):
        self.ssh = vireo.lab.start(
            vireo.host, "ssh", *vireo.ssh_options(), "-p", str(NETCONF_PORT), "-s",
            f"{user}@127.0.0.1", "netconf", stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, text=False)
        self.vireo = vireo
        self.read = b""
        self.chunks = False
        if versions:
            self.hello = self.message()
            self.send(hello(*versions))
            self.chunks = "1.1" in versions

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.ssh.stdin.close()
        self.vireo.lab.stop(self.ssh)
        self.ssh.stdout.close()

    def send(self, octets):
        self.ssh.stdin.write(octets)
        self.ssh.stdin.flush()

    def call(self, operation, attributes='message-id="1"'):
        """Sends an operation in an <rpc>; the answer as text."""
        text = f'<rpc xmlns="{BASE}" {attributes}>{operation}</rpc>'
        self.send(chunked(text) if self.chunks else text.encode() + MARK)
        return self.message()

    def _more(self, until):
        if not select.select([self.ssh.stdout], [], [], max(0, until - time.monotonic()))[0]:
            raise LabError(f"no answer; so far: {self.read[-300:]!r}")
        octets = os.read(self.ssh.stdout.fileno(), 1 << 16)
        self.read += octets
        return bool(octets)

    def message(self, seconds=30):
        """The next message as text."""
        until = time.monotonic() + seconds
        while True:
            found = self._chunked() if self.chunks else self._marked()
            if found is not None:
                return found.decode()
            if not self._more(until):
                raise LabError(f"the session has ended; left over: {self.read[-300:]!r}")

    def _marked(self):
        end = self.read.find(MARK)
        if end < 0:
            return None
        message, self.read = self.read[:end], self.read[end + len(MARK):]
        return message

    def _chunked(self):
        at, message = 0, b""
        while True:
            line = self.read.find(b"\n", at + 1)
            if line < 0:
                return None
            header = self.read[at:line + 1]
            if header == b"\n##\n":
                self.read = self.read[line + 1:]
                return message
            if not header.startswith(b"\n#"):
                raise LabError(f"no chunk begins with {header!r}")
            size = int(header[2:-1])
            at = line + 1 + size
            if len(self.read) < at:
                return None
            message += self.read[line + 1:at]

    def ends(self, seconds=30):
        """Whether the server ends the session; what it still sent is kept."""
        until = time.monotonic() + seconds
        try:
            while self._more(until):
                pass
            return True
        except LabError:
            return False
