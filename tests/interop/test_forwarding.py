#!/usr/bin/python3
"""Linux hosts on both sides of a live router, which is configured by the lines of a script: next
hops, redirects, what is not let in, fragments, groups."""

import os
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab import cases
from vireolab.lab import Lab, await_true
from vireolab.router import Vireo
from vireolab.topology import two_hosts

FLOWS = 400

CONFIGURATION = """
configure
interface eth1
 driver af-packet
 bind virtual-router blue
exit
interface eth2
 driver af-packet
 bind virtual-router blue
exit
virtual-router blue
 interface eth1
  ip address 10.0.1.1/24
  ipv6 address 2001:db8:1::1/64
 exit
 interface eth2
  ip address 10.0.2.1/24
 exit
 interface eth1.300
  encapsulation dot1q 200 second-dot1q 300
  ip address 10.9.0.1/24
 exit
 ip route 198.51.100.0/24 10.0.1.9
 ipv6 route 2001:db8:51::/48 eth1 fe80::9
exit
commit
"""

# Asks behind two tags who has an address (ARP) and prints the tags of the answer. The kernel takes
# the outer one off what is received and says so beside it.
ARP_IN_QINQ = """
import socket, struct, sys
outer, inner, sender, target = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
s.bind(("eth0", 0))
s.setsockopt(263, 8, 1)  # SOL_PACKET, PACKET_AUXDATA
s.settimeout(3)
mac = s.getsockname()[4]
s.send(b"\\xff" * 6 + mac + struct.pack("!HHHHHHHBBH", 0x8100, outer, 0x8100, inner, 0x806, 1, 0x800,
                                        6, 4, 1)
       + mac + socket.inet_aton(sender) + bytes(6) + socket.inet_aton(target) + bytes(18))
while True:
    data, ancillary, _, _ = s.recvmsg(2000, 100)
    if data[:6] == mac and data[12:14] == b"\\x81\\x00" and data[16:18] == b"\\x08\\x06":
        for level, kind, payload in ancillary:
            if level == 263 and kind == 8:
                print(struct.unpack_from("IIIHHHH", payload)[5],
                      struct.unpack_from("!H", data, 14)[0], "arp", data[25])
        break
"""

# Sends a datagram that tells its way.
SOURCE_ROUTED = """
import socket, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.setsockopt(socket.IPPROTO_IP, socket.IP_OPTIONS,
             b"\\x83\\x07\\x04" + socket.inet_aton(sys.argv[1]) + b"\\0")
s.sendto(b"x", (sys.argv[1], 9))
"""

# Asks the link for its listeners (MLDv2) and prints what groups are reported, and by whom.
MLD_QUERY = """
import socket, struct
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
s.bind(("eth0", 0))
s.settimeout(5)
mac = s.getsockname()[4]
own = socket.inet_pton(socket.AF_INET6, "fe80::1")
to = socket.inet_pton(socket.AF_INET6, "ff02::1")
body = struct.pack("!BBHHH16sBBH", 130, 0, 0, 500, 0, bytes(16), 2, 125, 0)
words = own + to + struct.pack("!II", len(body), 58) + body
total = sum(struct.unpack("!%dH" % (len(words) // 2), words))
total = (total & 0xffff) + (total >> 16)
total = (total & 0xffff) + (total >> 16)
body = body[:2] + struct.pack("!H", ~total & 0xffff) + body[4:]
alert = b"\\x3a\\x00\\x05\\x02\\x00\\x00\\x01\\x00"
s.send(b"\\x33\\x33\\x00\\x00\\x00\\x01" + mac + b"\\x86\\xdd"
       + struct.pack("!IHBB", 0x60000000, len(alert) + len(body), 0, 1) + own + to + alert + body)
while True:
    data = s.recv(2000)
    if data[6:12] != mac and data[12:14] == b"\\x86\\xdd" and data[20] == 0 and data[62] == 143:
        print("from", socket.inet_ntop(socket.AF_INET6, data[22:38]), "hops", data[21])
        at = 70
        for _ in range(struct.unpack_from("!H", data, 68)[0]):
            print(data[at], socket.inet_ntop(socket.AF_INET6, data[at + 4:at + 20]))
            at += 20 + 16 * struct.unpack_from("!H", data, at + 2)[0] + 4 * data[at + 1]
        break
"""

# Asks the link for members of groups (IGMP of version 3, or of version 2) and prints the types of the
# answers, where they go, and of version 3 what they say of which groups.
IGMP_QUERY = """
import socket, struct, sys
seen = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(0x800))
seen.bind(("eth0", 0x800))
seen.settimeout(5)
s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_IGMP)
s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton("10.0.1.2"))
body = struct.pack("!BBHI", 0x11, 5, 0, 0)
if sys.argv[1] == "3":
    body += struct.pack("!BBH", 2, 125, 0)
total = sum(struct.unpack("!%dH" % (len(body) // 2), body))
total = (total & 0xffff) + (total >> 16)
s.sendto(body[:2] + struct.pack("!H", ~total & 0xffff) + body[4:], ("224.0.0.1", 0))
while True:
    data = seen.recv(2000)
    at = (data[0] & 15) * 4
    if data[9] == 2 and data[12:16] == socket.inet_aton("10.0.1.1") and data[at] != 0x11:
        print("%02x" % data[at], socket.inet_ntoa(data[16:20]), "ttl", data[8], data[20:24].hex())
        if data[at] == 0x22:
            for i in range(struct.unpack_from("!H", data, at + 6)[0]):
                print(data[at + 8 + i * 8], socket.inet_ntoa(data[at + 12 + i * 8:at + 16 + i * 8]))
        break
"""

# Sends a datagram of each of many flows.
SEND_FLOWS = """
import socket, sys, time
for _ in range(int(sys.argv[2])):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.sendto(b"x", (sys.argv[1], 9000))
    s.close()
    time.sleep(0.001)
"""

# Counts what comes until the word "end" does.
COUNT_FLOWS = """
import socket
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind(("0.0.0.0", 9000))
s.settimeout(20)
print("ready", flush=True)
count = 0
while s.recv(100) != b"end":
    count += 1
print(count)
"""


class ForwardingTest(unittest.TestCase):
    """h1 10.0.1.2 -- eth1 [blue] eth2 -- h2 10.0.2.2, with 203.0.113.1 behind it."""

    @classmethod
    def setUpClass(cls):
        cls.lab = lab = Lab(f"vireo-fwd-{os.getpid()}")
        cls.addClassCleanup(lab.close)
        two_hosts(lab)
        lab.enable_ipv6("h1", "eth0")
        lab.exec("h2", "ip", "address", "add", "203.0.113.1/32", "dev", "lo")
        lab.exec("h1", "ip", "-6", "address", "add", "2001:db8:1::2/64", "dev", "eth0", "nodad")
        cls.vireo = Vireo(lab, "r")
        cls.addClassCleanup(cls.vireo.close)
        cls.vireo.start()
        cls.vireo.script(CONFIGURATION)
        await_true(lambda: cls.answered("h1", "10.0.2.2"), 20, "h1 reaches h2")
        await_true(lambda: cls.answered("h1", "2001:db8:1::1"), 20, "h1 reaches blue over IPv6")

    @classmethod
    def ping(cls, host, *arguments, count=1):
        return cls.lab.exec(
            host, "ping", "-n", "-c", str(count), "-W", "1", "-i", "0.2", *arguments,
            check=False).stdout

    @classmethod
    def answered(cls, host, *arguments):
        return " 0% packet loss" in cls.ping(host, *arguments)

    def blue(self, *lines):
        self.vireo.script("\n".join(
            ("configure", "virtual-router blue", *lines, "end", "configure", "commit", "")))

    def show(self, words):
        return self.vireo.cli(f"show {words} vr blue").stdout

    def drops(self, reason):
        found = re.search(rf"^{reason} +(\d+)", self.show("drops"), re.MULTILINE)
        return int(found.group(1)) if found else 0

    def python(self, host, program, *arguments):
        return self.lab.exec(host, "/usr/bin/python3", "-c", program, *arguments).stdout

    def test_01_nextHopOnNoLink_isReachedByAnotherRoute(self):
        self.blue("ip route 203.0.113.0/24 192.0.2.9", "ip route 192.0.2.0/24 10.0.2.2")
        self.assertTrue(self.answered("h1", "203.0.113.1"))
        self.assertRegex(self.show("ip fib"), r"203\.0\.113\.0/24 +forward +10\.0\.2\.2 +eth2")
        self.assertRegex(
            self.show("ip route"), r"203\.0\.113\.0/24 +static +1 +yes +192\.0\.2\.9")
        self.blue("no ip route 192.0.2.0/24 10.0.2.2")
        self.assertIn("Destination Net Unreachable", self.ping("h1", "203.0.113.1"))
        self.assertRegex(self.show("ip route"), r"203\.0\.113\.0/24 +static +1 +no +192\.0\.2\.9")
        self.blue("no ip route 203.0.113.0/24 192.0.2.9")

    def test_02_weights_areTheSharesOfFlows(self):
        # The second path's router takes nothing.
        self.blue(
            "interface eth2", "arp 10.0.2.9 02:00:00:00:00:99", "exit",
            "ip route 203.0.113.0/24 path a 10.0.2.2 weight 3",
            "ip route 203.0.113.0/24 path b 10.0.2.9")
        counting = self.lab.start("h2", "/usr/bin/python3", "-u", "-c", COUNT_FLOWS,
                                  stdout=subprocess.PIPE)
        self.assertEqual("ready\n", counting.stdout.readline())
        self.python("h1", SEND_FLOWS, "203.0.113.1", str(FLOWS))
        self.lab.exec("h1", "/usr/bin/python3", "-c", (
            "import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)"
            ".sendto(b'end', ('10.0.2.2', 9000))"))
        with counting.stdout:
            got = int(counting.stdout.readline())
        self.assertAlmostEqual(FLOWS * 3 / 4, got, delta=FLOWS / 10)
        self.assertRegex(
            self.show("ip fib"),
            r"203\.0\.113\.0/24 +forward +10\.0\.2\.2 +eth2 +\S+ +3\n +10\.0\.2\.9 +eth2 +\S+ +1\n")
        self.blue("no ip route 203.0.113.0/24 path a", "no ip route 203.0.113.0/24 path b")

    def test_03_redirects_tellOfABetterRouter(self):
        said = self.ping("h1", "198.51.100.1", count=2)
        self.assertIn("Redirect Host(New nexthop: 10.0.1.9)", said)
        # RFC 4861 section 8.1: heeded when it comes of the first hop in use, a link-local address.
        own = re.search(r"eth1 +(fe80::\S+)/64", self.show("ipv6 interface")).group(1)
        self.lab.exec("h1", "ip", "-6", "route", "add", "default", "via", own, "dev", "eth0")
        self.ping("h1", "2001:db8:51::1")
        await_true(
            lambda: "via fe80::9" in self.lab.exec(
                "h1", "ip", "-6", "route", "get", "2001:db8:51::1").stdout,
            10, "h1 sends to fe80::9")

    def test_04_reversePath_isChecked(self):
        self.lab.exec("h1", "ip", "address", "add", "10.77.0.1/32", "dev", "lo")
        self.ping("h1", "-I", "10.77.0.1", "10.0.2.2")
        self.assertEqual(0, self.drops("reverse-path"))
        self.blue("interface eth1", "ip verify source strict")
        self.ping("h1", "-I", "10.77.0.1", "10.0.2.2", count=3)
        self.assertEqual(3, self.drops("reverse-path"))
        self.assertTrue(self.answered("h1", "10.0.2.2"))
        self.blue("interface eth1", "ip verify source none")

    def test_05_waysTold_areNotTaken(self):
        before = self.drops("ipv4-source-routed")
        self.python("h1", SOURCE_ROUTED, "10.0.2.2")
        await_true(lambda: self.drops("ipv4-source-routed") == before + 1, 10, "it is dropped")

    def test_06_twoTags_areAnsweredInBoth(self):
        self.assertEqual(
            "200 300 arp 2\n", self.python("h1", ARP_IN_QINQ, "200", "300", "10.9.0.2", "10.9.0.1"))

    def test_07_datagramsInFragments_areAnswered(self):
        for size in ("1472", "1473", "9000", "60000"):
            self.assertTrue(self.answered("h1", "-s", size, "10.0.1.1"), size)
        for size in ("1452", "1453", "9000", "60000"):
            self.assertTrue(self.answered("h1", "-s", size, "2001:db8:1::1"), size)

    def test_08_groups_areReported(self):
        said = self.python("h1", MLD_QUERY)
        self.assertRegex(said, r"from fe80::\S+ hops 1\n")
        for group in ("ff02::1:ff00:1", "ff02::2"):
            self.assertRegex(said, rf"(?m)^[24] {group}$")

    def test_09_ipv4Groups_areReported_alsoToOlderRouters(self):
        self.assertRegex(self.show("groups"), r"eth1 +224\.0\.0\.2 +3\n")
        self.assertEqual(
            "22 224.0.0.22 ttl 1 94040000\n2 224.0.0.2\n", self.python("h1", IGMP_QUERY, "3"))
        self.assertEqual("16 224.0.0.2 ttl 1 94040000\n", self.python("h1", IGMP_QUERY, "2"))
        self.assertRegex(self.show("groups"), r"eth1 +224\.0\.0\.2 +2\n")
        self.assertRegex(self.show("groups"), r"eth1 +ff02::1:ff00:1 +2\n")


if __name__ == "__main__":
    cases.main()
