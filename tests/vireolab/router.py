"""A Vireo in a lab's namespace: `./vireo run`, its SSH doors, its processes."""

import os
import re
import select
import shutil
import socket
import subprocess
import tempfile
import time

from .lab import LabError, run
from .netconf import NETCONF_PORT, NetconfClient

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CLI_PORT = 2222


class Vireo:
    """One router manager with a state directory and a user `admin` with a key of its own."""

    def __init__(self, lab, host, state=None):
        self.lab = lab
        self.host = host
        self.owns_state = state is None
        # Its processes have users of their own: they must be able to walk to it.
        self.state = state or tempfile.mkdtemp(prefix="vireo-lab.", dir="/var/tmp")
        os.chmod(self.state, 0o755)
        self.key = os.path.join(self.state, "admin-key")
        self.known_hosts = os.path.join(self.state, "known-hosts")
        self.process = None
        if not os.path.exists(self.key):
            run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "admin@lab", "-f", self.key)

    @property
    def data(self):
        return os.path.join(self.state, "state")

    def start(self, *options, seconds=120):
        """Runs until NETCONF accepts; returns the seconds that took."""
        notify_path = os.path.join(self.state, "notify.sock")
        if os.path.exists(notify_path):
            os.unlink(notify_path)
        notify = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        notify.bind(notify_path)
        log = open(os.path.join(self.state, "run.log"), "a", encoding="utf-8")
        began = time.monotonic()
        try:
            self.process = self.lab.start(
                self.host, os.path.join(ROOT, "vireo"), "run",
                "--state", self.data,
                "--netconf", f"127.0.0.1:{NETCONF_PORT}",
                "--cli", f"127.0.0.1:{CLI_PORT}",
                "--first-user", "admin", "--authorized-keys", self.key + ".pub", *options,
                stdout=log, stderr=subprocess.STDOUT,
                env={**os.environ, "NOTIFY_SOCKET": notify_path},
            )
            end = began + seconds
            while True:
                if self.process.poll() is not None:
                    raise LabError(f"'vireo run' ended with {self.process.returncode}:\n{self.log()}")
                if select.select([notify], [], [], 0.05)[0] and b"READY=1" in notify.recv(4096):
                    return time.monotonic() - began
                if time.monotonic() > end:
                    raise LabError(f"'vireo run' was not ready within {seconds} s:\n{self.log()}")
        finally:
            notify.close()
            log.close()

    def log(self):
        with open(os.path.join(self.state, "run.log"), encoding="utf-8") as text:
            return text.read()[-4000:]

    def stop(self):
        """SIGTERM and wait; the exit code."""
        code = self.lab.stop(self.process)
        self.process = None
        return code

    def close(self):
        if self.process is not None:
            self.stop()
        if self.owns_state:
            shutil.rmtree(self.state, ignore_errors=True)

    def ssh_options(self):
        return [
            "-i", self.key, "-o", "IdentitiesOnly=yes", "-o", "BatchMode=yes",
            "-o", "StrictHostKeyChecking=accept-new", "-o", f"UserKnownHostsFile={self.known_hosts}",
            "-o", "LogLevel=ERROR",
        ]

    def cli(self, line, check=True):
        """One command over SSH, as a script would give it."""
        return self.lab.exec(
            self.host, "ssh", *self.ssh_options(), "-p", str(CLI_PORT), "admin@127.0.0.1", line,
            check=check,
        )

    def script(self, lines):
        """Lines of the command line over SSH, as `ssh admin@router < lines.txt` gives them."""
        return self.lab.exec(
            self.host, "ssh", *self.ssh_options(), "-p", str(CLI_PORT), "admin@127.0.0.1",
            input=lines,
        )

    def rsock_directory(self):
        return os.path.join(self.data, "run")

    def router_pid(self, name, netconf):
        """The process of a virtual router, as the device reports it."""
        reply = netconf.get_text(
            '<logical-network-elements xmlns="urn:ietf:params:xml:ns:yang:'
            'ietf-logical-network-element"><logical-network-element>'
            f"<name>{name}</name>"
            '<process xmlns="urn:vireo:yang:vireo-virtual-router"/>'
            "</logical-network-element></logical-network-elements>"
        )
        found = re.search(r"<pid[^>]*>(\d+)</pid>", reply)
        status = re.search(r"<status[^>]*>([a-z-]+)</status>", reply)
        if found and status and status.group(1) == "running":
            return int(found.group(1))
        return None

    def netconf(self):
        """A session over the real SSH door, through ncclient, inside the lab's namespace."""
        return NetconfClient(self)
