#!/usr/bin/python3
"""Linux hosts on both sides of a live router: IPv6, VLANs, what it takes for itself."""

import os
import re
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab import cases, configs
from vireolab.lab import Lab, await_true
from vireolab.router import Vireo

FAR_MTU = 1400

# Sends an echo request (the kernel adds the checksum) and prints who answers.
ECHO = """
import socket, sys
s = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
s.settimeout(3)
s.sendto(bytes([128, 0, 0, 0, 0x77, 0x77, 0, 1]), (sys.argv[1], 0))
while True:
    data, sender = s.recvfrom(100)
    if data[0] == 129 and data[4:6] == b"ww":
        print(sender[0])
        break
"""


# Asks in a VLAN who has an address (ARP) and prints the VLAN and the EtherType of the answer. The
# kernel takes tags off what is received and says so beside it.
ARP_IN_VLAN = """
import socket, struct, sys
vlan, sender, target = int(sys.argv[1]), sys.argv[2], sys.argv[3]
s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
s.bind(("eth0", 0))
s.setsockopt(263, 8, 1)  # SOL_PACKET, PACKET_AUXDATA
s.settimeout(3)
mac = s.getsockname()[4]
s.send(b"\\xff" * 6 + mac + struct.pack("!HHHHHBBH", 0x8100, vlan, 0x806, 1, 0x800, 6, 4, 1)
       + mac + socket.inet_aton(sender) + bytes(6) + socket.inet_aton(target) + bytes(18))
while True:
    data, ancillary, _, _ = s.recvmsg(2000, 100)
    if data[:6] == mac and data[12:14] == b"\\x08\\x06":
        for level, kind, payload in ancillary:
            if level == 263 and kind == 8:
                print(struct.unpack_from("IIIHHHH", payload)[5], "arp", data[21])
        break
"""


def interfaces(*entries):
    return (f'<interfaces xmlns="{configs.INTERFACES}">', *entries, "</interfaces>")


class DataPlaneTest(unittest.TestCase):
    """h1 (addresses by itself) -- eth1 [blue] eth2 -- h2 2001:db8:2::2, a link of 1400 octets."""

    @classmethod
    def setUpClass(cls):
        cls.lab = lab = Lab(f"vireo-ipv6-{os.getpid()}")
        cls.addClassCleanup(lab.close)
        for host in ("h1", "r", "h2"):
            lab.add_host(host)
        lab.link("h1", "eth0", "r", "eth1")
        lab.link("h2", "eth0", "r", "eth2")
        lab.exec("h2", "ip", "link", "set", "eth0", "mtu", str(FAR_MTU))
        lab.exec("r", "ip", "link", "set", "eth2", "mtu", str(FAR_MTU))
        lab.enable_ipv6("h1", "eth0", router_advertisements=True)
        lab.enable_ipv6("h2", "eth0")
        lab.exec("h2", "ip", "address", "add", "2001:db8:2::2/64", "dev", "eth0")
        lab.exec("h2", "ip", "address", "add", "2001:db8:2::dd/64", "dev", "eth0")
        lab.exec("h2", "ip", "-6", "route", "add", "default", "via", "2001:db8:2::1")
        cls.vireo = Vireo(lab, "r")
        cls.addClassCleanup(cls.vireo.close)
        cls.vireo.start()
        with cls.vireo.netconf() as session:
            session.edit(
                configs.ports(configs.port("eth1", "blue"), configs.port("eth2", "blue"))
                + configs.router(
                    "blue",
                    *interfaces(
                        configs.address("eth1", "10.0.1.1", 24, configs.ipv6(
                            ("2001:db8:1::1", 64), advertise=True)),
                        configs.address("eth2", "10.0.2.1", 24, configs.ipv6(
                            ("2001:db8:2::1", 64), ("2001:db8:2::dd", 64))),
                        configs.sub_interface("eth1.100", 100, "10.9.0.1", 24),
                    ),
                    configs.static_routes(("2001:db8:ff::/48", "2001:db8:2::2")),
                ))
            session.commit()
        await_true(cls.own_address, 30, "h1 makes itself an address")

    @classmethod
    def own_address(cls):
        shown = cls.lab.exec("h1", "ip", "-6", "address", "show", "dev", "eth0", "scope",
                             "global", "-tentative").stdout
        found = re.search(r"inet6 (2001:db8:1:[0-9a-f:]+)/64", shown)
        return found and found.group(1)

    def ping(self, host, *arguments):
        return self.lab.exec(
            host, "ping", "-6", "-n", "-c", "1", "-W", "1", *arguments, check=False).stdout

    def answered(self, host, *arguments):
        return " 0% packet loss" in self.ping(host, *arguments)

    def show(self, words):
        return self.vireo.cli(f"show {words} vr blue").stdout

    def test_01_advertisement_givesAddressAndDefaultRoute(self):
        routes = self.lab.exec("h1", "ip", "-6", "route").stdout
        self.assertRegex(routes, r"default via fe80::\S+ dev eth0 .*")

    def test_02_hosts_reachEachOther(self):
        await_true(lambda: self.answered("h1", "2001:db8:2::2"), 10, "h1 reaches h2")
        self.assertTrue(self.answered("h2", self.own_address()))
        self.assertTrue(self.answered("h1", "2001:db8:2::2", "-s", "1300"))

    def test_03_router_answers(self):
        link_local = re.search(r"default via (fe80::\S+)",
                               self.lab.exec("h1", "ip", "-6", "route").stdout).group(1)
        for target in ("2001:db8:1::1", "2001:db8:2::1", link_local + "%eth0"):
            self.assertTrue(self.answered("h1", target), target)
        self.assertIn("64 bytes from", self.ping("h1", "ff02::2%eth0"))

    def test_03_anyRouter_answersAsItself(self):
        # RFC 4291 section 2.6.1, RFC 4443 section 4.2; ping takes answers of the address asked only.
        asked = self.lab.exec("h1", "/usr/bin/python3", "-c", ECHO, "2001:db8:1::")
        self.assertEqual("2001:db8:1::1\n", asked.stdout)

    def test_04_hopLimit_isToldWithTheNearAddress(self):
        self.assertIn("From 2001:db8:1::1 icmp_seq=1 Time exceeded: Hop limit",
                      self.ping("h1", "-t", "1", "2001:db8:2::2"))

    def test_05_tooBig_isToldWithTheMtu(self):
        said = self.ping("h1", "-M", "do", "-s", "1400", "2001:db8:2::2")
        self.assertIn(f"Packet too big: mtu={FAR_MTU}", said)
        # And what the host makes of it: fragments, which a router passes on.
        self.assertTrue(self.answered("h1", "-s", "1400", "2001:db8:2::2"))

    def test_06_noRoute_isTold(self):
        self.assertIn("Destination unreachable: No route", self.ping("h1", "2001:db8:3::1"))

    def test_07_nobody_isToldAsUnreachable(self):
        said = self.lab.exec("h1", "ping", "-6", "-n", "-c", "1", "-W", "6", "2001:db8:2::77",
                             check=False).stdout
        self.assertIn("Destination unreachable: Address unreachable", said)

    def test_08_anAddressOfAnother_isNotUsed(self):
        shown = self.show("ipv6 interface")
        self.assertRegex(shown, r"2001:db8:2::dd/64 +duplicate")
        self.assertRegex(shown, r"2001:db8:2::1/64 +preferred +static")
        self.assertRegex(shown, r"fe80::\S+/64 +preferred +link-layer")
        self.assertTrue(self.answered("h2", "2001:db8:1::1"))

    def test_09_ourAddress_isNotTakenByAnother(self):
        self.lab.exec("h2", "ip", "address", "add", "2001:db8:2::1/64", "dev", "eth0")
        try:
            await_true(
                lambda: "dadfailed" in self.lab.exec(
                    "h2", "ip", "-6", "address", "show", "dev", "eth0").stdout,
                10, "h2 sees that the address is ours")
        finally:
            self.lab.exec("h2", "ip", "address", "del", "2001:db8:2::1/64", "dev", "eth0")

    def test_10_tables_showIt(self):
        routes = self.show("ipv6 route")
        self.assertRegex(routes, r"2001:db8:1::/64 +direct")
        self.assertRegex(routes, r"2001:db8:ff::/48 +static +1 +yes +2001:db8:2::2 +eth2")
        self.assertNotIn("10.0.1.0", routes)
        self.assertNotIn("2001:", self.show("ip route"))
        self.assertRegex(self.show("ipv6 neighbors"), r"2001:db8:2::2 +\S+ +eth2 +\w+ +dynamic")
        self.assertRegex(self.show("ipv6 fib"), r"2001:db8:ff::/48 +forward +2001:db8:2::2 +eth2")

    def test_11_hosts_knowTheRouterAsOne(self):
        neighbours = self.lab.exec("h1", "ip", "-6", "neigh", "show", "dev", "eth0").stdout
        self.assertRegex(neighbours, r"fe80::\S+ lladdr \S+ router (REACHABLE|STALE|DELAY)")

    def test_12_subInterface_answersInItsVlan(self):
        asked = self.lab.exec(
            "h1", "/usr/bin/python3", "-c", ARP_IN_VLAN, "100", "10.9.0.2", "10.9.0.1")
        self.assertEqual("100 arp 2\n", asked.stdout)
        shown = self.show("interfaces")
        self.assertRegex(shown, r"eth1\.100 +up +up +10\.9\.0\.1/24 +1500")
        self.assertRegex(self.show("ip route"), r"10\.9\.0\.0/24 +direct")

    def test_13_flood_isPoliced_andOthersAreAnswered(self):
        with self.vireo.netconf() as session:
            session.edit(configs.router("blue", (
                f'<punt xmlns="{configs.PUNT}"><policer><class>icmp</class><rate>20</rate>'
                "<burst>10</burst></policer></punt>")))
            session.commit()
            flood = self.lab.exec("h1", "ping", "-6", "-n", "-q", "-c", "500", "-i", "0.002",
                                  "-W", "1", "2001:db8:1::1", check=False).stdout
            lost = float(re.search(r"([\d.]+)% packet loss", flood).group(1))
            self.assertGreater(lost, 50)
            asked = self.lab.exec(
                "h1", "/usr/bin/python3", "-c", ARP_IN_VLAN, "100", "10.9.0.3", "10.9.0.1")
            self.assertEqual("100 arp 2\n", asked.stdout)
            shown = self.show("punt")
            self.assertRegex(shown, r"icmp +20 +10 +\d+ +\d{2,}")
            self.assertRegex(shown, r"resolution +10000 +1000 +\d+ +0")
            session.edit(f'<logical-network-elements xmlns="{configs.LNE}">'
                         "<logical-network-element><name>blue</name><root>"
                         f'<punt xmlns="{configs.PUNT}" xmlns:nc="{configs.NETCONF}" '
                         'nc:operation="delete"/></root></logical-network-element>'
                         "</logical-network-elements>")
            session.commit()

    def test_14_linkDownAndUp_addressesAreTestedAgain(self):
        self.assertIn("2001:db8:2::/64", self.show("ipv6 route"))
        self.lab.exec("h2", "ip", "link", "set", "eth0", "down")
        await_true(lambda: "2001:db8:2::/64" not in self.show("ipv6 route"), 10,
                   "the subnet's route goes")
        self.assertIn("Destination unreachable: No route", self.ping("h1", "2001:db8:2::2"))
        self.lab.exec("h2", "ip", "link", "set", "eth0", "up")
        self.lab.exec("h2", "ip", "address", "replace", "2001:db8:2::2/64", "dev", "eth0")
        self.lab.exec("h2", "ip", "-6", "route", "replace", "default", "via", "2001:db8:2::1")
        await_true(lambda: self.answered("h1", "2001:db8:2::2"), 20, "h1 reaches h2 again")


if __name__ == "__main__":
    cases.main()
