#!/usr/bin/python3
"""Clients that mean harm: what they do hurts their own session and nobody else's."""

import os
import subprocess
import sys
import threading
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab import cases
from vireolab.lab import Lab, LabError, await_true
from vireolab.netconf import NETCONF_PORT
from vireolab.rawnetconf import BASE, RawSession, chunked
from vireolab.router import Vireo

# Connects from an address again and again until it holds so many; keeps them until its input ends.
HALF_OPEN = """
import resource, select, socket, sys
port, source, count, opening = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]), bytes.fromhex(sys.argv[4])
again = sys.argv[5] == "again"
resource.setrlimit(resource.RLIMIT_NOFILE, (count + 100, count + 100))
held = {}
poll = select.epoll()
def connect():
    s = socket.create_connection(("127.0.0.1", port), source_address=(source, 0))
    s.sendall(opening)
    s.setblocking(False)
    held[s.fileno()] = s
    poll.register(s.fileno(), select.EPOLLIN | select.EPOLLRDHUP)
opened = 0
poll.register(0, select.EPOLLIN | select.EPOLLRDHUP)
while True:
    if opened < count or (again and len(held) < count):
        try:
            connect()
            opened += 1
        except OSError:
            pass
        if opened == count:
            print(opened, flush=True)
    for descriptor, _ in poll.poll(0 if opened < count or again else 1):
        if descriptor == 0:
            sys.exit()
        try:
            data = held[descriptor].recv(4096)
        except OSError:
            data = b""
        if not data:
            poll.unregister(descriptor)
            held.pop(descriptor).close()
"""

INTERFACES = "urn:ietf:params:xml:ns:yang:ietf-interfaces"
SYSTEM = "urn:vireo:yang:vireo-system"
GET = "<get-config><source><running/></source></get-config>"
SCHEMA = ('<get-schema xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring">'
          "<identifier>ietf-interfaces</identifier></get-schema>")
MOST_MB = 750  # the manager's heap may have 512, and it takes what it may before it tidies up


class Hostile(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lab = Lab(f"vh{os.getpid()}")
        cls.addClassCleanup(cls.lab.close)
        cls.lab.add_host("r")
        cls.vireo = Vireo(cls.lab, "r")
        cls.addClassCleanup(cls.vireo.close)
        cls.vireo.start()
        cls.pid = int(subprocess.run(
            ["pgrep", "-f", f"ManagerMain.*{cls.vireo.data}"], capture_output=True, text=True,
            check=True).stdout.split()[0])
        with RawSession(cls.vireo) as warm:
            for _ in range(50):
                warm.call(GET)

    def setUp(self):
        self.other = RawSession(self.vireo)
        self.addCleanup(self.other.close)
        self.worst = 0.0
        self.asked = 0
        self.over = threading.Event()
        self.watch = threading.Thread(target=self.ask_all_the_time)
        self.watch.start()
        self.addCleanup(self.stop_asking)

    def ask_all_the_time(self):
        while not self.over.is_set():
            began = time.monotonic()
            if "<data" not in self.other.call(GET):
                return
            self.worst = max(self.worst, time.monotonic() - began)
            self.asked += 1
            self.over.wait(0.02)

    def stop_asking(self):
        self.over.set()
        self.watch.join()

    def unharmed(self):
        """Another session was answered all the time, new ones are, and memory is bounded."""
        self.stop_asking()
        self.assertGreater(self.asked, 3)
        self.assertLess(self.worst, 2, "seconds until another session was answered")
        with RawSession(self.vireo) as fresh:
            self.assertIn("<data", fresh.call(GET))
        self.assertLess(self.resident(), MOST_MB, "MB resident")

    def resident(self):
        with open(f"/proc/{self.pid}/status", encoding="ascii") as status:
            return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmRSS"))

    def attack(self, source, count, opening, again="once"):
        attacker = self.lab.start(
            "r", "python3", "-c", HALF_OPEN, str(NETCONF_PORT), source, str(count), opening.hex(), again,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.addCleanup(attacker.stdout.close)
        self.addCleanup(self.lab.stop, attacker)
        self.addCleanup(attacker.stdin.close)
        self.assertEqual(str(count), attacker.stdout.readline().strip())

    def test_halfOpenByTheThousand_elsewhere_loginsGoOn(self):
        for opening in (b"", b"SSH-2.0-half\r\n", b"SSH-2.0-half\r\n\0\0\xff\xff\x08"):
            self.attack("127.0.0.66", 1000, opening, "again")
        for _ in range(10):
            began = time.monotonic()
            with RawSession(self.vireo) as session:
                self.assertIn("<data", session.call(GET))
            self.assertLess(time.monotonic() - began, 5, "seconds to log in")
        self.unharmed()

    def test_halfOpenByTheThousand_fromOwnAddress_loginsGoOn(self):
        self.attack("127.0.0.1", 2000, b"SSH-2.0-half\r\n")
        with RawSession(self.vireo) as session:
            self.assertIn("<data", session.call(GET))
        self.unharmed()

    def test_halfSentMessages_othersAreAnswered(self):
        for _ in range(20):
            session = RawSession(self.vireo)
            self.addCleanup(session.close)
            session.send(chunked(f'<rpc xmlns="{BASE}" message-id="1">{GET}</rpc>')[:-9])
        for _ in range(20):
            session = RawSession(self.vireo, versions=None)
            self.addCleanup(session.close)
            session.send(b"<hello xmlns=")
        await_true(lambda: self.asked > 50, 10, "another session is answered")
        self.unharmed()

    def test_slowReader_isNotWaitedFor(self):
        with RawSession(self.vireo) as slow:
            def ask():
                try:
                    for _ in range(5000):  # 200 MB of answers
                        slow.send(chunked(f'<rpc xmlns="{BASE}" message-id="1">{SCHEMA}</rpc>'))
                except OSError:
                    pass
            sender = threading.Thread(target=ask)
            sender.start()
            await_true(lambda: self.asked > 100, 20, "another session is answered")
            self.unharmed()
            slow.ssh.kill()
            sender.join(20)
            self.assertFalse(sender.is_alive())

    def test_entities_areNotLookedAt(self):
        with RawSession(self.vireo) as session:
            for doctype in (
                    '<!DOCTYPE rpc [<!ENTITY a "aaaaaaaaaa">' + "".join(
                        f'<!ENTITY {chr(98 + i)} "{("&" + chr(97 + i) + ";") * 10}">'
                        for i in range(10)) + "]>",
                    '<!DOCTYPE rpc [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
                    '<!DOCTYPE rpc SYSTEM "http://192.0.2.1/rpc.dtd">'):
                session.send(chunked(
                    f'{doctype}<rpc xmlns="{BASE}" message-id="1"><edit-config><target><candidate/>'
                    f'</target><config><system xmlns="{SYSTEM}"><contact>&a;</contact></system>'
                    "</config></edit-config></rpc>"))
                answer = session.message()
                self.assertIn("malformed-message", answer)
                self.assertNotIn("root:", answer)
            self.assertIn("<data", session.call(GET))
        self.unharmed()

    def test_gigabyteOfText_endsItsSession(self):
        with RawSession(self.vireo) as session:
            begin = (f'<rpc xmlns="{BASE}" message-id="1"><edit-config><target><candidate/></target>'
                     f'<config><system xmlns="{SYSTEM}"><contact>').encode()
            chunk = b"\n#%d\n" % (1 << 20) + b"x" * (1 << 20)
            session.send(b"\n#%d\n" % len(begin) + begin)
            sent = 0
            try:
                for sent in range(1024):
                    session.send(chunk)
            except OSError:
                pass
            self.assertLess(sent, 200, "MB that the server took")
            self.assertTrue(session.ends())
        self.unharmed()

    def test_depthOfHundredThousand_isRefused(self):
        deep = 100_000
        with RawSession(self.vireo) as session:
            for operation in (
                    f'<edit-config><target><candidate/></target><config>{"<a>" * deep}{"</a>" * deep}'
                    "</config></edit-config>",
                    f'<get><filter>{"<a>" * deep}{"</a>" * deep}</filter></get>',
                    f'{"<a>" * deep}{"</a>" * deep}',
                    f'<get><filter type="xpath" select="{"(" * 8000}1{")" * 100}"/></get>',
                    f'<get><filter type="xpath" select="{"/*[" * 2000}{"]" * 2000}"/></get>',
                    f'<get><filter type="xpath" select="{"-" * 8000}1"/></get>'):
                answer = session.call(operation)
                self.assertIn("rpc-error", answer)
                self.assertNotIn("internal error", answer)
            wide = "".join(f"<n{i}/>" for i in range(50_000))
            self.assertIn("<data/>", session.call(f"<get><filter>{wide}</filter></get>"))
            self.assertIn("<data", session.call(GET))
        self.unharmed()

    def test_manyAttributesAndNamespaces_areBounded(self):
        attributes = " ".join(f'a{i}="x"' for i in range(20_000))
        spaces = " ".join(f'xmlns:n{i}="urn:x:{i}"' for i in range(20_000))
        with RawSession(self.vireo) as session:
            for more in (attributes, spaces):
                session.send(chunked(
                    f'<rpc xmlns="{BASE}" message-id="1" {more}>{GET}</rpc>'))
                session.message()
            self.assertIn("<data", session.call(GET))
        self.unharmed()

    def test_garbageForFrames_endsTheSessionAtOnce(self):
        for garbage in (b"\n#0\n", b"\n#4294967296\n", b"\n#-1\n", b"\n#01\nx", b"x" * 100, b"\n##\n",
                        b"\n#99999999999999999999\n", b"\0" * 4096):
            with RawSession(self.vireo) as session:
                try:
                    session.send(garbage)
                except OSError:
                    pass
                self.assertTrue(session.ends(10), garbage[:20])
        self.unharmed()


if __name__ == "__main__":
    try:
        cases.main()
    except LabError as error:
        sys.exit(str(error))
