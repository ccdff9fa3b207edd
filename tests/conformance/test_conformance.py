#!/usr/bin/python3
"""RFC 6241, 6242, 6243, 6022, 8341, 8525, 8526 and 5717, section by section, on a real server."""

import glob
import os
import sys
import unittest

from lxml import etree

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab import cases
from vireolab.lab import Lab, await_true
from vireolab.rawnetconf import BASE, MARK, RawSession, chunked, hello
from vireolab.router import Vireo

HERE = os.path.dirname(os.path.abspath(__file__))
NC = {"nc": BASE}
USER = """<system xmlns="urn:vireo:yang:vireo-system"><authentication><user><name>bob</name>
<authorized-key><name>lab</name><algorithm>ssh-ed25519</algorithm><key-data>{}</key-data>
</authorized-key></user></authentication></system>"""
# What the cases configure, all of it.
CLEAN = f"""<edit-config><target><running/></target><config xmlns:nc="{BASE}">
<interfaces xmlns="urn:ietf:params:xml:ns:yang:ietf-interfaces" nc:operation="remove"/>
<logical-network-elements xmlns="urn:ietf:params:xml:ns:yang:ietf-logical-network-element"
 nc:operation="remove"/>
<system xmlns="urn:vireo:yang:vireo-system"><location nc:operation="remove"/>
<contact nc:operation="remove"/><hostname nc:operation="remove"/></system>
<nacm xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-acm">
<rule-list nc:operation="remove"><name>case</name></rule-list></nacm>
</config></edit-config>"""


def setUpModule():
    lab = Lab(f"vireo-conf-{os.getpid()}")
    unittest.addModuleCleanup(lab.close)
    lab.add_host("r")
    vireo = Vireo(lab, "r")
    unittest.addModuleCleanup(vireo.close)
    vireo.start("--url", "on")
    with open(vireo.key + ".pub", encoding="ascii") as key:
        blob = key.read().split()[1]
    with RawSession(vireo) as session:
        session.call("<edit-config><target><running/></target><config>" + USER.format(blob)
                     + "</config></edit-config>")
    Case.vireo = RawTest.vireo = vireo


def inner(element):
    """What stands inside an element, with the namespaces in scope."""
    return "".join(etree.tostring(child, encoding="unicode", with_tail=False)
                   for child in element if isinstance(child.tag, str))


class Case(unittest.TestCase):
    """One case of a file."""

    vireo = None

    def __init__(self, rfc, section, case):
        super().__init__("run_case")
        self.rfc, self.section, self.case = rfc, section, case
        self.sessions = {}
        self.answer = None

    def __str__(self):
        return f"RFC {self.rfc} §{self.section}: {self.case.get('title')}"

    def id(self):
        return str(self)

    def setUp(self):
        with RawSession(self.vireo) as session:
            for operation in ("<discard-changes/>", CLEAN, "<discard-changes/>"):
                answer = session.call(operation)
                self.assertIn("<ok/>", answer, "the state before the case")

    def tearDown(self):
        for session in self.sessions.values():
            session.close()

    def session(self, name):
        if name not in self.sessions:
            self.sessions[name] = RawSession(self.vireo)
        return self.sessions[name]

    def run_case(self):
        for step in self.case:
            if isinstance(step.tag, str):
                getattr(self, "step_" + etree.QName(step).localname)(step)

    def step_rpc(self, step):
        text = self.session(step.get("session", "a")).call(inner(step))
        self.answer = etree.fromstring(text.encode())

    def step_until(self, step):
        def is_true():
            self.step_rpc(step)
            return self.answer.xpath(step.get("test"), namespaces=self.prefixes(step))
        await_true(is_true, 10, step.get("test"), interval=0.2)

    def shown(self):
        return etree.tostring(self.answer, encoding="unicode")[:1500]

    def step_ok(self, _):
        self.assertEqual(["{%s}ok" % BASE], [child.tag for child in self.answer], self.shown())

    def step_reply(self, step):
        self.assertTrue(
            self.answer.xpath(step.get("test"), namespaces=self.prefixes(step)),
            f"{step.get('test')} of {self.shown()}")

    def step_error(self, step):
        errors = self.answer.findall("nc:rpc-error", NC)
        found = [self.told(step, error) for error in errors]
        self.assertIn(None, found, f"{found or 'no error'}: {self.shown()}")

    @staticmethod
    def prefixes(step):
        return {prefix: uri for prefix, uri in step.nsmap.items() if prefix} | NC

    def told(self, step, error):
        """What an error lacks of what is expected; None: nothing."""
        for attribute, element in (("tag", "error-tag"), ("type", "error-type"),
                                   ("app-tag", "error-app-tag")):
            wanted = step.get(attribute)
            if wanted is not None and error.findtext(f"nc:{element}", namespaces=NC) != wanted:
                return f"{element} is {error.findtext(f'nc:{element}', namespaces=NC)}, not {wanted}"
        path = step.get("path")
        if path is not None and (error.findtext("nc:error-path", namespaces=NC) or "") != path:
            return f"error-path is {error.findtext('nc:error-path', namespaces=NC)}, not {path}"
        info = step.get("info")
        inside = error.find("nc:error-info", NC)
        if info is not None and (inside is None
                                 or not inside.xpath(info, namespaces=self.prefixes(step))):
            return f"error-info does not have {info}"
        if error.findtext("nc:error-severity", namespaces=NC) != "error":
            return "error-severity is not error"
        if not error.findtext("nc:error-message", namespaces=NC):
            return "there is no error-message"
        return None

    def step_open(self, step):
        self.sessions[step.get("session")] = RawSession(self.vireo, user=step.get("user", "admin"))

    def step_close(self, step):
        self.sessions.pop(step.get("session")).close()


class RawTest(unittest.TestCase):
    """RFC 6242 and what of RFC 6241 is about octets and attributes."""

    vireo = None
    GET = f'<rpc xmlns="{BASE}" message-id="%d"><get-config><source><running/></source></get-config></rpc>'

    def test_6242_4_1_bothHellosEndWithTheMark(self):
        with RawSession(self.vireo) as session:
            self.assertIn("<session-id>", session.hello)
            self.assertIn("urn:ietf:params:netconf:base:1.1", session.hello)
            self.assertIn("urn:ietf:params:netconf:capability:url:1.0?scheme=file", session.hello)

    def test_6242_4_1_base10AtEitherSide_marksGoOn(self):
        with RawSession(self.vireo, versions=("1.0",)) as session:
            self.assertIn("<data", session.call("<get-config><source><running/></source></get-config>"))

    def test_6242_4_2_chunksOfAnySize(self):
        for sizes in ((1,) * 40, (3, 1, 5, 2), (), (10_000,)):
            with self.subTest(sizes=sizes), RawSession(self.vireo) as session:
                session.send(chunked(self.GET % 7, *sizes))
                self.assertIn('message-id="7"', session.message())

    def test_6242_4_2_octetsOneByOne(self):
        with RawSession(self.vireo) as session:
            for octet in chunked(self.GET % 7, 20, 20):
                session.send(bytes([octet]))
            self.assertIn('message-id="7"', session.message())

    def test_6242_4_2_chunkEndsInsideACharacter(self):
        text = (f'<rpc xmlns="{BASE}" message-id="\u00e4\u20ac\U0001f30d"><close-session/></rpc>').encode()
        start = text.index("\u20ac".encode()) + 1
        with RawSession(self.vireo) as session:
            session.send(chunked(text, start, 1, 3))
            self.assertIn('message-id="\u00e4\u20ac\U0001f30d"', session.message())

    def test_6241_4_5_pipelinedRequests_answersInOrder(self):
        with RawSession(self.vireo) as session:
            session.send(b"".join(chunked(self.GET % i) for i in range(50)))
            for i in range(50):
                self.assertIn(f'message-id="{i}"', session.message())

    def test_6242_4_2_badFraming_endsTheSession(self):
        for octets in (b"x", b"\n#0\n", b"\n#01\na", b"\n#4294967296\n", b"\n#-1\n", b"\n#a\n",
                       b"\n#\n", b"\n##\n", b"\n# 4\n", b"\n\n#4\n", b"#4\n", b"\n#99999999999\n"):
            with self.subTest(octets=octets), RawSession(self.vireo) as session:
                session.send(octets)
                self.assertTrue(session.ends())

    def test_6242_4_2_badFramingAfterARequest_thatIsAnsweredFirst(self):
        with RawSession(self.vireo) as session:
            session.send(chunked(self.GET % 3) + b"nonsense")
            self.assertIn('message-id="3"', session.message())
            self.assertTrue(session.ends())

    def test_6242_3_markInsideAMessage_base10(self):
        with RawSession(self.vireo, versions=("1.0",)) as session:
            session.send((self.GET % 1).encode() + MARK + (self.GET % 2).encode() + MARK)
            for i in (1, 2):
                self.assertIn(f'message-id="{i}"', session.message())

    def test_6241_8_1_helloWithASessionId_endsTheSession(self):
        with RawSession(self.vireo, versions=()) as session:
            session.message()
            session.send(hello("1.1").replace(b"</hello>", b"<session-id>4</session-id></hello>"))
            self.assertTrue(session.ends())

    def test_6241_8_1_helloWithoutABase_endsTheSession(self):
        with RawSession(self.vireo, versions=()) as session:
            session.message()
            session.send(hello("7.0"))
            self.assertTrue(session.ends())

    def test_6241_8_1_somethingElseThanAHello_endsTheSession(self):
        for first in (b"<rpc/>", b"<hello/>", b"nonsense", b"<!DOCTYPE a><hello/>"):
            with self.subTest(first=first), RawSession(self.vireo, versions=()) as session:
                session.message()
                session.send(first + MARK)
                self.assertTrue(session.ends())

    def test_6241_4_1_attributesOfTheRpc_areGivenBack(self):
        with RawSession(self.vireo) as session:
            answer = session.call(
                "<discard-changes/>", 'message-id="a &lt; b" xmlns:ex="urn:ex" ex:user="fred" x="1"')
            reply = etree.fromstring(answer.encode())
            self.assertEqual("a < b", reply.get("message-id"))
            self.assertEqual("fred", reply.get("{urn:ex}user"))
            self.assertEqual("1", reply.get("x"))

    def test_6241_4_1_noMessageId_isNamed(self):
        with RawSession(self.vireo) as session:
            error = etree.fromstring(session.call("<discard-changes/>", "").encode())
            self.assertEqual("missing-attribute", error.findtext(".//nc:error-tag", namespaces=NC))
            self.assertEqual("rpc", error.findtext(".//nc:error-type", namespaces=NC))
            self.assertEqual("message-id", error.findtext(".//nc:bad-attribute", namespaces=NC))
            self.assertEqual("rpc", error.findtext(".//nc:bad-element", namespaces=NC))

    def test_6241_A_malformedMessage_andTheSessionGoesOn(self):
        for message in ("<rpc", "<a/>", f'<rpc xmlns="{BASE}" message-id="1"><get></rpc>',
                        f'<rpc xmlns="{BASE}" message-id="1"/>', "\x00", "<rpc>&a;</rpc>",
                        f'<!DOCTYPE r [<!ENTITY e "x">]><rpc xmlns="{BASE}" message-id="1"/>'):
            with self.subTest(message=message), RawSession(self.vireo) as session:
                session.send(chunked(message))
                self.assertIn("<rpc-error>", session.message())
                self.assertIn("<ok/>", session.call("<discard-changes/>"))

    def test_6241_7_8_closeSession_answersThenEnds(self):
        with RawSession(self.vireo) as session:
            self.assertIn("<ok/>", session.call("<close-session/>"))
            self.assertTrue(session.ends())

    def test_6241_7_9_killedSession_ends(self):
        with RawSession(self.vireo) as one, RawSession(self.vireo) as other:
            number = etree.fromstring(other.hello.encode()).findtext("nc:session-id", namespaces=NC)
            self.assertIn("<ok/>", one.call(
                f"<kill-session><session-id>{number}</session-id></kill-session>"))
            self.assertTrue(other.ends())


def load_tests(loader, _, __):
    suite = unittest.TestSuite(loader.loadTestsFromTestCase(RawTest))
    for file in sorted(glob.glob(os.path.join(HERE, "rfc*.xml"))):
        root = etree.parse(file, etree.XMLParser(remove_comments=True)).getroot()
        for section in root.iter("section"):
            for case in section.iter("case"):
                suite.addTest(Case(root.get("rfc"), section.get("number"), case))
    return suite


if __name__ == "__main__":
    cases.main()
