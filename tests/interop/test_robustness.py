#!/usr/bin/python3
"""What attackers send: thc-ipv6, hping3, nmap and scapy against a live router. After each the same
process forwards as before; in the end the buffers are back. In a test a few of them, in a soak all."""

import os
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab import cases, configs
from vireolab.lab import Lab, await_true
from vireolab.router import Vireo
from vireolab.topology import two_hosts

SEED = cases.seed()
SOAK = SEED is not None
SECONDS = 3 if SOAK else 1

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
  ipv6 nd ra
 exit
 interface eth2
  ip address 10.0.2.1/24
  ipv6 address 2001:db8:2::1/64
 exit
 interface eth1.100
  encapsulation dot1q 100
  ip address 10.9.0.1/24
 exit
exit
commit
"""

# Frames that are wrong in one layer or in several, of a seed, as many as asked for.
MALFORMED = """
import random, sys, warnings, logging
logging.getLogger("scapy").setLevel(logging.CRITICAL)
warnings.simplefilter("ignore")
from scapy.all import (ARP, Dot1Q, Ether, fuzz, ICMP, ICMPv6EchoRequest, ICMPv6MLQuery, ICMPv6ND_NA,
                       ICMPv6ND_NS, ICMPv6ND_RA, ICMPv6ND_RS, ICMPv6NDOptSrcLLAddr, conf, IP, IPv6,
                       IPv6ExtHdrDestOpt, IPv6ExtHdrFragment, IPv6ExtHdrHopByHop, IPv6ExtHdrRouting,
                       Raw, RouterAlert, TCP, UDP)
router, count, seed = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
random.seed(seed)
out = conf.L2socket(iface="eth0")
own = out.outs.getsockname()[4]
ether = Ether(dst=router, src=own)
v4 = IP(src="10.0.1.2", dst="10.0.1.1")
v4x = IP(src="10.0.1.2", dst="10.0.2.2")
v6 = IPv6(src="2001:db8:1::2", dst="2001:db8:1::1")
link = IPv6(src="fe80::2", dst="2001:db8:1::1", hlim=255)
bodies = [
    ARP(), v4 / ICMP(), v4 / UDP(dport=9) / Raw(b"x" * 20), v4 / TCP(dport=22), v4x / UDP() / Raw(b"y"),
    v4 / Raw(b"z" * 40), IP(dst="224.0.0.1", ttl=1, proto=2) / Raw(b"\\x11\\x0a" + bytes(10)),
    v6 / ICMPv6EchoRequest(data=b"e" * 30), link / ICMPv6ND_NS(tgt="2001:db8:1::1"),
    link / ICMPv6ND_NA(tgt="2001:db8:1::2"), link / ICMPv6ND_RS(), link / ICMPv6ND_RA(),
    link / ICMPv6ND_NS(tgt="2001:db8:1::1") / ICMPv6NDOptSrcLLAddr(lladdr=own),
    IPv6(src="fe80::2", dst="ff02::1", hlim=1) / IPv6ExtHdrHopByHop(options=[RouterAlert()])
    / ICMPv6MLQuery(),
    v6 / IPv6ExtHdrFragment(m=1) / Raw(b"f" * 64), v6 / IPv6ExtHdrDestOpt() / UDP(),
    v6 / IPv6ExtHdrRouting(addresses=["2001:db8:2::2"]) / ICMPv6EchoRequest(),
    v6 / UDP(dport=9), v6 / TCP(dport=22),
]
for i in range(count):
    body = random.choice(bodies).copy()
    if random.random() < 0.6:
        body = fuzz(body)
    frame = ether / body if random.random() < 0.8 else ether / Dot1Q(vlan=random.choice([0, 100, 7])) / body
    try:
        raw = bytearray(bytes(frame))
    except Exception:
        continue  # what scapy itself can't build
    for _ in range(random.randrange(4)):
        raw[random.randrange(12, len(raw))] = random.randrange(256)
    if random.random() < 0.2:
        raw = raw[:random.randrange(14, len(raw) + 1)]
    out.outs.send(bytes(raw[:1514]))
# Runts and frames as long as the device lets by.
for length in list(range(14, 64)) + [1513, 1514]:
    for kind in (0x0800, 0x86dd, 0x0806, 0x8100, 0x88a8):
        out.outs.send(bytes(ether)[:12] + kind.to_bytes(2, "big") + b"\\x45" * (length - 14))
print("sent")
"""

# Frames up to the longest that the device lets by, tagged and not, good and with lengths that lie.
JUMBO = """
import logging, sys
logging.getLogger("scapy").setLevel(logging.CRITICAL)
from scapy.all import conf, Dot1Q, Ether, IP, IPv6, Raw, UDP
socket = conf.L2socket(iface="eth0")
out = socket.outs
ether = Ether(dst=sys.argv[1], src=out.getsockname()[4])
for length in (1500, 1514, 1515, 1518, 1880, 1900, 1906, 1907, 1919, 1920, 1921, 2034, 2048, 4096, 8999,
               9000, 9014):
    for layer in (IP(src="10.0.1.2", dst="10.0.2.2"), IPv6(src="2001:db8:1::2", dst="2001:db8:2::2")):
        for tagged in (False, True):
            head = ether / Dot1Q(vlan=100) / layer if tagged else ether / layer
            raw = bytes(head / UDP(dport=9) / Raw(bytes(length)))[:length]
            out.send(raw)
            out.send(bytes(head / UDP(dport=9) / Raw(bytes(length - len(bytes(head / UDP()))))))
print("sent")
"""


class RobustnessTest(unittest.TestCase):
    """h1 10.0.1.2, 2001:db8:1::2 -- eth1 [blue] eth2 -- h2 10.0.2.2, 2001:db8:2::2."""

    @classmethod
    def setUpClass(cls):
        cls.lab = lab = Lab(f"vireo-rob-{os.getpid()}")
        cls.addClassCleanup(lab.close)
        two_hosts(lab)
        for host in ("h1", "h2"):
            lab.enable_ipv6(host, "eth0")
        for host, net in (("h1", 1), ("h2", 2)):
            lab.exec(host, "ip", "-6", "address", "add", f"2001:db8:{net}::2/64", "dev", "eth0", "nodad")
            lab.exec(host, "ip", "-6", "route", "add", "default", "via", f"2001:db8:{net}::1")
        cls.vireo = Vireo(lab, "r")
        cls.addClassCleanup(cls.vireo.close)
        cls.vireo.start()
        cls.vireo.script(CONFIGURATION)
        await_true(lambda: cls.reached("10.0.2.2"), 20, "h1 reaches h2")
        await_true(lambda: cls.reached("2001:db8:2::2"), 20, "h1 reaches h2 over IPv6")
        with cls.vireo.netconf() as session:
            cls.process = cls.vireo.router_pid("blue", session)
        shown = lab.exec("r", "cat", "/sys/class/net/eth1/address").stdout
        cls.mac = shown.strip()

    @classmethod
    def reached(cls, address):
        return " 0% packet loss" in cls.lab.exec(
            "h1", "ping", "-n", "-c", "1", "-W", "1", address, check=False).stdout

    def attack(self, *command, seconds=SECONDS, check=False):
        """Runs an attacker's program on h1 for some seconds, then asks whether all is well."""
        with self.subTest(" ".join(command[:6])):
            process = self.lab.start(
                "h1", *command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT)
            try:
                said = process.communicate(timeout=seconds)[0]
                if check:
                    self.assertEqual(0, process.returncode, said[-2000:])
            except subprocess.TimeoutExpired:
                self.lab.stop(process)
                process.stdout.close()
            await_true(lambda: self.reached("10.0.2.2"), 20, "IPv4 passes")
            await_true(lambda: self.reached("2001:db8:2::2"), 20, "IPv6 passes")
            await_true(lambda: self.reached("10.0.1.1"), 20, "blue answers")
            await_true(lambda: self.reached("2001:db8:1::1"), 20, "blue answers over IPv6")
            os.kill(self.process, 0)  # the same process

    def test_1_malformedFrames_ofEveryLayer(self):
        for seed in range(SEED, SEED + 5) if SOAK else (1,):
            self.attack("/usr/bin/python3", "-c", MALFORMED, self.mac, "1500" if SOAK else "600",
                        str(seed), seconds=60, check=True)

    def test_2_floods_ofIpv4(self):
        floods = [
            ("-S", "-p", "22", "--rand-source"), ("--icmp", "-d", "1200", "-f"),
            ("--udp", "-t", "1", "--rand-source"), ("--udp", "-p", "9"), ("--icmp",),
            ("--udp", "-d", "100", "-x", "-g", "64"), ("-S", "-p", "80", "-a", "10.0.1.1"),
            ("--rawip", "-H", "89"),
        ]
        for options in floods if SOAK else floods[:3]:
            self.attack("hping3", "-q", "--flood", *options, "10.0.1.1")
        self.attack("hping3", "-q", "--flood", "--udp", "--rand-dest", "-I", "eth0", "10.0.2.x")

    def test_3_floods_ofIpv6(self):
        floods = ["flood_solicitate6", "flood_mld26", "flood_router26", "flood_advertise6",
                  "flood_mld6", "flood_mldrouter6", "flood_rs6"]
        for tool in floods if SOAK else floods[:2]:
            self.attack(f"atk6-{tool}", "eth0")
        self.attack("atk6-ndpexhaust26", "eth0", "2001:db8:2::/64")
        if SOAK:
            self.attack("atk6-flood_unreach6", "eth0", "2001:db8:1::1")
            self.attack("atk6-smurf6", "eth0", "2001:db8:1::1")
            self.attack("atk6-sendpees6", "eth0", "2048", "2001:db8:1::", "2001:db8:1::1")

    def test_4_suites_ofIpv6(self):
        for case in range(1, 8) if SOAK else (1, 2):
            self.attack("atk6-denial6", "eth0", "2001:db8:1::1", str(case))
        for option in range(1, 6) if SOAK else (1, 5):
            self.attack("atk6-fuzz_ip6", f"-{option}", "-x", "-n", "1", "eth0", "2001:db8:1::1",
                        seconds=2 * SECONDS)
        if SOAK:
            self.attack("atk6-fragmentation6", "-p", "eth0", "2001:db8:1::1", seconds=30)
            self.attack("atk6-implementation6", "-p", "eth0", "2001:db8:1::1", seconds=30)

    @unittest.skipUnless(SOAK, "of a soak")
    def test_5_scans(self):
        self.attack("nmap", "-n", "-sS", "-sU", "--top-ports", "50", "--max-retries", "0", "-T5",
                    "10.0.1.1", seconds=20)
        self.attack("nmap", "-6", "-n", "-sS", "-O", "--top-ports", "50", "--max-retries", "0", "-T5",
                    "2001:db8:1::1", seconds=20)

    def test_6_jumboFrames_areCountedAndLeft(self):
        for host, device in (("h1", "eth0"), ("r", "eth1")):
            self.lab.exec(host, "ip", "link", "set", device, "mtu", "9000")
        before = self.errors("eth1")
        self.attack("/usr/bin/python3", "-c", JUMBO, self.mac, seconds=60, check=True)
        self.assertGreater(self.errors("eth1"), before)

    def errors(self, interface):
        with self.vireo.netconf() as session:
            text = session.get_text(
                f'<logical-network-elements xmlns="{configs.LNE}"><logical-network-element>'
                '<name>blue</name><root><interfaces xmlns="urn:ietf:params:xml:ns:yang:ietf-interfaces">'
                f"<interface><name>{interface}</name><statistics><in-errors/></statistics></interface>"
                "</interfaces></root></logical-network-element></logical-network-elements>")
        return int(re.search(r"<in-errors[^>]*>(\d+)<", text).group(1))

    def test_9_buffersComeBack_andTablesAreBounded(self):
        # Fragments are held for a minute, an eighth of all at most.
        share = 1 if SOAK else 7 / 8

        def free():
            with self.vireo.netconf() as session:
                text = session.get_text(
                    f'<logical-network-elements xmlns="{configs.LNE}"><logical-network-element>'
                    '<name>blue</name><root><forwarding xmlns="urn:vireo:yang:vireo-forwarding">'
                    "<buffers/></forwarding></root></logical-network-element>"
                    "</logical-network-elements>")
            size, left = (int(re.search(rf"<{leaf}[^>]*>(\d+)<", text).group(1))
                          for leaf in ("size", "free"))
            return left >= share * size

        await_true(free, 90 if SOAK else 20, "the buffers come back", interval=1)
        for table in ("arp", "ipv6 neighbors"):
            shown = self.vireo.cli(f"show {table} vr blue | count").stdout
            self.assertLess(int(re.search(r"\d+", shown).group()), 4200)


if __name__ == "__main__":
    cases.main()
