#!/usr/bin/python3
"""Two virtual routers of one device with a link between them, and a Linux host at each."""

import os
import re
import signal
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab import cases
from vireolab.lab import Lab, await_true
from vireolab.router import Vireo
from vireolab.topology import two_hosts

CONFIGURATION = """
configure
interface eth1
 driver af-packet
 bind virtual-router blue
exit
interface eth2
 driver af-packet
 bind virtual-router red
exit
interface tored
 driver link
 link peer toblue
 bind virtual-router blue
exit
interface toblue
 driver link
 link peer tored
 bind virtual-router red
exit
virtual-router blue
 interface eth1
  ip address 10.0.1.1/24
 exit
 interface tored
  ip address 10.0.12.1/31
 exit
 ip route 10.0.2.0/24 10.0.12.0
exit
virtual-router red
 interface eth2
  ip address 10.0.2.1/24
 exit
 interface toblue
  ip address 10.0.12.0/31
 exit
 ip route 10.0.1.0/24 10.0.12.1
exit
commit
"""

# 500 flows of one datagram each.
FLOWS = """
import socket
sender = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
for port in range(1000, 1500):
    sender.sendto(b"x", ("10.0.2.2", port))
"""


class LinkTest(unittest.TestCase):
    """h1 10.0.1.2 -- eth1 [blue] tored == toblue [red] eth2 -- h2 10.0.2.2."""

    @classmethod
    def setUpClass(cls):
        cls.lab = lab = Lab(f"vireo-link-{os.getpid()}")
        cls.addClassCleanup(lab.close)
        two_hosts(lab)
        cls.vireo = Vireo(lab, "r")
        cls.addClassCleanup(cls.vireo.close)
        cls.vireo.start()
        cls.vireo.script(CONFIGURATION)

    def reached(self):
        return " 0% packet loss" in self.lab.exec(
            "h1", "ping", "-n", "-c", "1", "-W", "1", "10.0.2.2", check=False).stdout

    def show(self, words):
        return self.vireo.cli(f"show {words}").stdout

    def test_1_hosts_reachEachOtherOverBoth(self):
        await_true(self.reached, 20, "h1 reaches h2")
        trace = self.lab.exec("h1", "ping", "-n", "-c", "1", "-t", "2", "10.0.2.2", check=False)
        self.assertIn("From 10.0.12.0 icmp_seq=1 Time to live exceeded", trace.stdout)
        self.assertRegex(self.show("interfaces"), r"tored +up +up")
        self.assertRegex(self.show("interfaces"), r"toblue +up +up")

    def test_2_theOtherRouterDies_linkComesBack(self):
        with self.vireo.netconf() as session:
            os.kill(self.vireo.router_pid("red", session), signal.SIGKILL)
            await_true(lambda: not self.reached(), 20, "red is gone", interval=0)
            await_true(self.reached, 30, "h1 reaches h2 again")

    def test_3_theLinkGoes_andComesBack(self):
        self.vireo.script(
            "configure\ninterface toblue\nshutdown\nend\nconfigure\ncommit\n")
        await_true(lambda: not self.reached(), 20, "no way any more", interval=0)
        await_true(lambda: re.search(r"10\.0\.2\.0/24 +static +1 +no ",
                                     self.vireo.cli("show ip route vr blue").stdout),
                   10, "the route goes")
        self.vireo.script(
            "configure\ninterface toblue\nno shutdown\nend\nconfigure\ncommit\n")
        await_true(self.reached, 30, "h1 reaches h2 again")

    def test_4_aPeerThatDoesNotNameIt_isRefused(self):
        done = self.lab.exec(
            self.vireo.host, "ssh", *self.vireo.ssh_options(), "-p", "2222", "admin@127.0.0.1",
            input="configure private\ninterface more\ndriver link\nlink peer toblue\ncommit\n",
            check=False)
        self.assertEqual(1, done.returncode)
        self.assertIn("name this one as its peer", done.stderr)

    def threads(self):
        """The forwarding workers of blue's process: name and where they run."""
        pid = self.pid("blue")
        found = {}
        if pid is None:
            return found
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/status", encoding="ascii") as status:
                fields = dict(line.rstrip("\n").split(":\t", 1) for line in status if ":\t" in line)
            if fields["Name"].startswith(("forward-", "worker-")):
                found[fields["Name"]] = fields["Cpus_allowed_list"]
        return found

    def test_5_workers_forward_whereTheyAreWanted(self):
        everywhere = self.threads()["worker-blue"]
        self.vireo.script("configure\nvirtual-router blue\nworkers forwarding 2\nworkers cpu 0\n"
                          "workers cpu 1\nend\nconfigure\ncommit\n")
        await_true(lambda: len(self.threads()) == 3, 10, "two workers more")
        self.assertEqual(
            {"worker-blue": "0", "forward-blue-1": "1", "forward-blue-2": everywhere},
            self.threads())
        for _ in range(5):
            self.assertTrue(self.reached())
        self.assertGreaterEqual(self.packets("ipv4-rewrite"), 10)
        os.kill(self.pid("blue"), signal.SIGKILL)
        await_true(lambda: len(self.threads()) == 3, 30, "they are back", interval=0.5)
        await_true(self.reached, 30, "h1 reaches h2 again")
        refused = self.lab.exec(
            self.vireo.host, "ssh", *self.vireo.ssh_options(), "-p", "2222", "admin@127.0.0.1",
            input="configure private\nvirtual-router blue\nworkers cpu 1000\nend\n"
                  "configure private\ncommit\n", check=False)
        self.assertEqual(1, refused.returncode)
        self.assertIn("processor 1000", refused.stderr)
        self.vireo.script("configure\nvirtual-router blue\nno workers\nend\nconfigure\ncommit\n")
        await_true(lambda: self.threads() == {"worker-blue": everywhere}, 10, "they are gone")
        self.assertTrue(self.reached())

    def packets(self, node):
        """How many packets a node of blue has seen."""
        row = re.search(rf"^{node} +\d+ +(\d+) ", self.vireo.cli("show runtime vr blue").stdout, re.M)
        return int(row.group(1)) if row else 0

    def test_6_queues_areSpreadOverTheWorkers(self):
        self.vireo.script("configure\nvirtual-router blue\nworkers forwarding 2\nexit\n"
                          "interface eth1\nqueues 2\nexit\ninterface tored\nqueues 2\nexit\n"
                          "interface toblue\nqueues 2\nend\nconfigure\ncommit\n")
        await_true(lambda: self.packet_sockets("eth1") == 2, 10, "two sockets on eth1")
        await_true(self.reached, 30, "h1 reaches h2 again")
        before = self.packets("ipv4-rewrite")
        self.lab.exec("h1", "python3", "-c", FLOWS)
        await_true(lambda: self.packets("ipv4-rewrite") >= before + 500, 10, "500 flows pass")
        refused = self.lab.exec(
            self.vireo.host, "ssh", *self.vireo.ssh_options(), "-p", "2222", "admin@127.0.0.1",
            input="configure private\ninterface tored\nqueues 3\nend\n"
                  "configure private\ncommit\n", check=False)
        self.assertEqual(1, refused.returncode)
        self.assertIn("both ends of a link have as many queues", refused.stderr)
        self.vireo.script("configure\nvirtual-router blue\nno workers\nexit\n"
                          "interface eth1\nno queues\nexit\ninterface tored\nno queues\nexit\n"
                          "interface toblue\nno queues\nend\nconfigure\ncommit\n")
        await_true(lambda: self.packet_sockets("eth1") == 1, 10, "one socket on eth1")
        await_true(self.reached, 30, "h1 reaches h2 again")

    def packet_sockets(self, device):
        """How many packet sockets receive from a device."""
        index = self.lab.exec(
            self.vireo.host, "cat", f"/sys/class/net/{device}/ifindex").stdout.strip()
        rows = self.lab.exec(self.vireo.host, "cat", "/proc/net/packet").stdout.splitlines()[1:]
        return sum(1 for row in rows if row.split()[4] == index)

    def pid(self, router):
        with self.vireo.netconf() as session:
            return self.vireo.router_pid(router, session)


if __name__ == "__main__":
    cases.main()
