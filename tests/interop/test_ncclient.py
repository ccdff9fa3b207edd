#!/usr/bin/python3
"""Debian's python3-ncclient and OpenSSH against a live router: edit, commit, get, errors."""

import json
import os
import re
import subprocess
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab import cases, configs
from vireolab.lab import Lab, LabError, await_true
from vireolab.netconf import NETCONF_PORT, NetconfClient, RpcError
from vireolab.router import ROOT, Vireo
from vireolab.topology import two_hosts

BASE = "urn:ietf:params:xml:ns:netconf:base:1.0"


class NcclientTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lab = Lab(f"vireo-ncc-{os.getpid()}")
        cls.addClassCleanup(cls.lab.close)
        two_hosts(cls.lab)
        cls.vireo = Vireo(cls.lab, "r")
        cls.addClassCleanup(cls.vireo.close)
        cls.vireo.start()

    def setUp(self):
        self.session = self.vireo.netconf()
        self.addCleanup(self.session.close)

    def running(self):
        return self.session.call("get_config", source="running")

    def test_1_hello_announcesBothBasesAndCandidate(self):
        capabilities = " ".join(self.session.capabilities)
        for wanted in ("base:1.0", "base:1.1", "capability:candidate:1.0", "yang-library:1."):
            self.assertIn(wanted, capabilities)

    def test_2_editCommitGet_routerForwards(self):
        self.session.edit(configs.two_hosts())
        self.assertNotIn("10.0.1.1", self.running())
        self.session.call("validate", source="candidate")
        self.session.commit()
        self.assertIn("10.0.1.1", self.running())
        ping = lambda: self.lab.exec(
            "h1", "ping", "-n", "-c", "1", "-W", "1", "10.0.2.2", check=False).returncode == 0
        await_true(ping, 10, "h1 reaches h2")
        reply = self.session.get_text(
            configs.router("blue", f'<routing xmlns="{configs.ROUTING}"><ribs/></routing>'))
        self.assertIn("192.0.2.0/24", reply)
        self.assertIn("10.0.2.0/24", reply)

    def test_3_neighbours_areInTheOperationalData(self):
        reply = self.session.get_text(
            configs.router("blue", f'<interfaces xmlns="{configs.INTERFACES}"/>'))
        self.assertIn("10.0.2.2", reply)
        self.assertRegex(reply, r"<oper-status>up</oper-status>")
        self.assertRegex(reply, r"<in-unicast-pkts>[1-9]")

    def test_4_subtreeFilter_selectsOneInterfaceOnly(self):
        reply = self.session.call(
            "get_config", source="running",
            filter=("subtree", f'<interfaces xmlns="{configs.INTERFACES}"><interface>'
                               "<name>eth2</name></interface></interfaces>"))
        self.assertIn("eth2", reply)
        self.assertNotIn("eth1", reply)

    def test_4_xpathFilter_selectsAcrossTheMount(self):
        prefixes = {"lne": configs.LNE, "if": configs.INTERFACES}
        path = ("/lne:logical-network-elements/lne:logical-network-element[lne:name='blue']/lne:root"
                "/if:interfaces/if:interface[if:name='eth2']")
        for verb in ({"verb": "get_config", "source": "running"}, {"verb": "get"}):
            reply = self.session.call(**verb, filter=("xpath", (prefixes, path)))
            self.assertIn("<name>eth2</name>", reply)
            self.assertNotIn("eth1", reply)
        self.assertIn("<oper-status>up<", reply)

    def test_4_sessionOnOneRouter_itsTreeIsADevice(self):
        with NetconfClient(self.vireo, user="admin%blue") as blue:
            self.assertFalse(any("vireo-system" in each for each in blue.capabilities))
            config = blue.call("get_config", source="running")
            self.assertIn("10.0.1.1", config)
            self.assertNotIn("logical-network-element", config)
            state = blue.get_text(f'<interfaces xmlns="{configs.INTERFACES}"/>')
            self.assertIn("10.0.2.2", state)  # a neighbour
            self.assertRegex(state, r"<oper-status>up</oper-status>")
            blue.edit(f"""<interfaces xmlns="{configs.INTERFACES}"><interface><name>eth2</name>
                <description>from inside</description></interface></interfaces>""")
            self.assertNotIn("from inside", self.running())
            blue.call("validate", source="candidate")
            blue.commit()
            self.assertIn("from inside", self.running())
            reply = blue.dispatch('<ping xmlns="urn:vireo:yang:vireo-tools">'
                                  "<destination>10.0.2.2</destination><count>1</count></ping>")
            self.assertIn("10.0.2.2", reply)
            library = blue.get_text('<yang-library xmlns="urn:ietf:params:xml:ns:yang:'
                                    'ietf-yang-library"/>')
            self.assertIn("ietf-ipv4-unicast-routing", library)
            text = blue.call("get_schema", identifier="vireo-forwarding")
            self.assertIn("module vireo-forwarding", text)

    def test_4_withDefaults_inItsModes(self):
        path = ("xpath", ({"if": configs.INTERFACES}, "//if:interface[if:name='eth2']/if:enabled"))
        for mode, expected in (("explicit", 0), ("report-all", 2), ("report-all-tagged", 2), ("trim", 0)):
            reply = self.session.call(
                "get_config", source="running", filter=path, with_defaults=mode)
            self.assertEqual(expected, reply.count(">true</enabled>"), reply)
            self.assertEqual(expected if mode.endswith("tagged") else 0, reply.count('default="true"'))

    def test_5_editOperations_followRfc6241(self):
        one = configs.router("blue", configs.static_routes(("203.0.113.0/24", "10.0.2.2")))
        create = one.replace("<route>", f'<route xmlns:nc="{BASE}" nc:operation="create">')
        delete = one.replace("<route>", f'<route xmlns:nc="{BASE}" nc:operation="delete">')
        self.session.edit(create)
        with self.assertRaises(RpcError) as again:
            self.session.edit(create)
        self.assertEqual("data-exists", again.exception.tag)
        self.session.commit()
        self.session.edit(delete)
        with self.assertRaises(RpcError) as gone:
            self.session.edit(delete)
        self.assertEqual("data-missing", gone.exception.tag)
        self.session.call("discard_changes")
        self.assertIn("203.0.113.0/24", self.running())
        self.session.edit(delete)
        self.session.commit()
        self.assertNotIn("203.0.113.0/24", self.running())

    def test_6_locks_areHeldBySessions(self):
        self.session.call("lock", target="candidate")
        with self.vireo.netconf() as other:
            with self.assertRaises(RpcError) as denied:
                other.call("lock", target="candidate")
            self.assertEqual("lock-denied", denied.exception.tag)
            with self.assertRaises(RpcError) as busy:
                other.edit(configs.router("red"))
            self.assertEqual("in-use", busy.exception.tag)
        self.session.call("unlock", target="candidate")

    def test_7_killSession_endsTheOther(self):
        other = self.vireo.netconf()
        self.addCleanup(other.close)
        listing = self.session.get_text(
            '<netconf-state xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"><sessions/>'
            "</netconf-state>")
        numbers = [int(n) for n in re.findall(r"<session-id>(\d+)</session-id>", listing)]
        self.session.call("kill_session", session_id=str(max(numbers)))
        with self.assertRaises(Exception):
            other.call("get_config", source="running")

    def test_8_getSchema_isTheModulesSource(self):
        reply = self.session.call("get_schema", identifier="vireo-virtual-router")
        self.assertIn("module vireo-virtual-router", reply)

    def test_9_wrongInput_isNamed(self):
        cases = [
            ("unknown-element", f'<interfaces xmlns="{configs.INTERFACES}"><iface/></interfaces>', "iface"),
            ("unknown-namespace", '<interfaces xmlns="urn:no:such"/>', "urn:no:such"),
        ]
        for tag, config, word in cases:
            with self.subTest(tag), self.assertRaises(RpcError) as refused:
                self.session.edit(config)
            self.assertEqual(tag, refused.exception.tag)
            text = refused.exception.message + refused.exception.info + refused.exception.path
            self.assertIn(word, text)

    def test_ping_isAnActionInTheMountedRouter(self):
        reply = self.session.dispatch(
            '<action xmlns="urn:ietf:params:xml:ns:yang:1">' + configs.router(
                "blue", '<ping xmlns="urn:vireo:yang:vireo-tools">'
                "<destination>10.0.2.2</destination><count>2</count><interval>50</interval></ping>")
            + "</action>")
        self.assertRegex(reply, r"<received[^>]*>2</received>")

    def test_openSsh_speaksTheSubsystem(self):
        rpc = (f'<hello xmlns="{BASE}"><capabilities><capability>urn:ietf:params:netconf:base:1.0'
               f'</capability></capabilities></hello>]]>]]><rpc xmlns="{BASE}" message-id="1" x="y">'
               '<close-session/></rpc>]]>]]>')
        done = self.lab.exec(
            "r", "ssh", *self.vireo.ssh_options(), "-p", str(NETCONF_PORT), "-s",
            "admin@127.0.0.1", "netconf", input=rpc)
        self.assertIn('message-id="1"', done.stdout)
        self.assertIn('x="y"', done.stdout)
        self.assertIn("<ok/>", done.stdout)

    def test_malformedXml_isAnErrorAndHurtsNobody(self):
        rpc = (f'<hello xmlns="{BASE}"><capabilities><capability>urn:ietf:params:netconf:base:1.0'
               f'</capability></capabilities></hello>]]>]]><rpc xmlns="{BASE}" message-id="1"><get>'
               "<oops></get></rpc>]]>]]>")
        done = self.lab.exec(
            "r", "ssh", *self.vireo.ssh_options(), "-p", str(NETCONF_PORT), "-s",
            "admin@127.0.0.1", "netconf", input=rpc, check=False)
        self.assertIn("<rpc-error>", done.stdout)
        self.assertIn("10.0.1.1", self.running())


class StartTest(unittest.TestCase):
    """What 'vireo run' says when it can't."""

    def setUp(self):
        self.lab = Lab(f"vireo-start-{os.getpid()}")
        self.addCleanup(self.lab.close)
        self.lab.add_host("r")
        self.vireo = Vireo(self.lab, "r")
        self.addCleanup(self.vireo.close)

    def refused(self, *options, **keywords):
        with self.assertRaises(Exception) as failure:
            self.vireo.start(*options, **keywords)
        return str(failure.exception)

    def test_busyPort_isNamed(self):
        holder = self.lab.start(
            "r", "/usr/bin/python3", "-c",
            f"import socket,time; s=socket.socket(); s.bind(('127.0.0.1',{NETCONF_PORT}));"
            "s.listen(); print('x',flush=True); time.sleep(60)", stdout=subprocess.PIPE)
        self.addCleanup(holder.stdout.close)
        holder.stdout.readline()
        self.assertIn(str(NETCONF_PORT), self.refused(seconds=30))

    def test_unknownOption_isNamed(self):
        self.assertIn("--colour", self.refused("--colour", "red"))

    def test_notRoot_isSaid(self):
        done = self.lab.exec(
            "r", "setpriv", "--reuid", "65534", "--clear-groups",
            os.path.join(ROOT, "vireo"), "run", check=False)
        self.assertNotEqual(0, done.returncode)
        self.assertIn("root", done.stderr)


class SiteModelTest(unittest.TestCase):
    """Modules of the site's own (--models), which have no SIDs, are stored and served like any."""

    DEVICE = """module acme-site { yang-version 1.1; namespace "urn:acme:site"; prefix s;
      revision 2026-01-01; container site { leaf rack { type uint8; } } }"""
    ROUTER = """module acme-link { yang-version 1.1; namespace "urn:acme:link"; prefix l;
      import ietf-interfaces { prefix if; }
      augment "/if:interfaces/if:interface" { leaf circuit { type string { length "1..8"; } } } }"""

    def circuit(self, name):
        return configs.router("blue", f"""<interfaces xmlns="{configs.INTERFACES}"><interface>
            <name>lo</name><type xmlns:t="urn:ietf:params:xml:ns:yang:iana-if-type"
            >t:softwareLoopback</type><circuit xmlns="urn:acme:link">{name}</circuit>
            </interface></interfaces>""")

    def test_siteModels_deviceAndRouter_areKeptOverRestart(self):
        lab = Lab(f"vireo-site-{os.getpid()}")
        self.addCleanup(lab.close)
        lab.add_host("r")
        vireo = Vireo(lab, "r")
        self.addCleanup(vireo.close)
        models = os.path.join(vireo.state, "models")
        os.makedirs(os.path.join(models, "router"))
        for name, text in (("acme-site.yang", self.DEVICE), ("router/acme-link.yang", self.ROUTER)):
            with open(os.path.join(models, name), "w", encoding="utf-8") as file:
                file.write(text)
        vireo.start("--models", models)
        with vireo.netconf() as session:
            with self.assertRaises(RpcError) as refused:
                session.edit('<site xmlns="urn:acme:site"><rack>300</rack></site>')
            self.assertIn("300", refused.exception.message)
            with self.assertRaises(RpcError):
                session.edit(self.circuit("much-too-long"))
            session.edit('<site xmlns="urn:acme:site"><rack>7</rack></site>' + self.circuit("C1"))
            session.commit()
            await_true(lambda: vireo.router_pid("blue", session), 30, "blue runs")
        vireo.stop()
        vireo.start("--models", models)
        with vireo.netconf() as session:
            running = session.call("get_config", source="running")
            self.assertIn("<rack>7</rack>", running)
            self.assertRegex(running, r"<circuit[^>]*>C1</circuit>")
        vireo.stop()

        # Without the models nothing is lost silently.
        with self.assertRaises(LabError) as ended:
            vireo.start()
        self.assertIn("acme-site@2026-01-01", str(ended.exception))
        self.assertIn("--models", str(ended.exception))
        vireo.start("--unknown-data", "drop")
        with vireo.netconf() as session:
            self.assertNotIn("rack", session.call("get_config", source="running"))


class AccessTest(unittest.TestCase):
    """Access control (RFC 8341) through NETCONF and the command line, startup, and a reset."""

    @classmethod
    def setUpClass(cls):
        cls.lab = Lab(f"vireo-acm-{os.getpid()}")
        cls.addClassCleanup(cls.lab.close)
        cls.lab.add_host("r")
        cls.vireo = Vireo(cls.lab, "r")
        cls.addClassCleanup(cls.vireo.close)
        cls.vireo.start("--startup", "on")

    def user(self, session, name):
        with open(self.vireo.key + ".pub", encoding="utf-8") as file:
            algorithm, blob = file.read().split()[:2]
        session.edit(f"""<system xmlns="urn:vireo:yang:vireo-system"><authentication><user>
            <name>{name}</name><authorized-key><name>k</name><algorithm>{algorithm}</algorithm>
            <key-data>{blob}</key-data></authorized-key></user></authentication></system>""")

    def rules(self, session, *rules):
        text = "".join(f"<rule><name>{i}</name>{rule}</rule>" for i, rule in enumerate(rules))
        session.edit(f"""<nacm xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-acm"
            xmlns:lne="urn:ietf:params:xml:ns:yang:ietf-logical-network-element"
            xmlns:sys="urn:vireo:yang:vireo-system">
            <groups><group><name>blue-team</name><user-name>bob</user-name></group></groups>
            <rule-list><name>blue-team</name><group>blue-team</group>{text}</rule-list></nacm>""")

    def test_1_userOfOneRouter_seesAndChangesThatAlone(self):
        blue = "/lne:logical-network-elements/lne:logical-network-element[lne:name='blue']/lne:root"
        with self.vireo.netconf() as admin:
            self.user(admin, "bob")
            for name in ("blue", "red"):
                admin.edit(configs.router(name, f"""<interfaces xmlns="{configs.INTERFACES}">
                    <interface><name>lo</name><type
                    xmlns:t="urn:ietf:params:xml:ns:yang:iana-if-type">t:softwareLoopback</type>
                    <description>{name}s</description></interface></interfaces>"""))
            self.rules(
                admin,
                f"<path>{blue}</path><action>permit</action>",
                "<path>/lne:logical-network-elements/lne:logical-network-element[lne:name='red']"
                "</path><action>deny</action>",
                "<path>/sys:system</path><action>deny</action>")
            admin.commit()
            self.assertIn("bob", admin.call("get_config", source="running"))
        with NetconfClient(self.vireo, user="bob") as bob:
            shown = bob.call("get_config", source="running")
            self.assertIn("blues", shown)
            for hidden in ("reds", ">red<", "authorized-key", "rule-list"):
                self.assertNotIn(hidden, shown)
            bob.edit(configs.router("blue", f"""<interfaces xmlns="{configs.INTERFACES}">
                <interface><name>lo</name><description>bobs</description></interface></interfaces>"""))
            bob.commit()
            with self.assertRaises(RpcError) as denied:
                bob.edit(configs.router("red", f"""<interfaces xmlns="{configs.INTERFACES}">
                    <interface><name>lo</name><description>bobs</description></interface>
                    </interfaces>"""))
            self.assertEqual("access-denied", denied.exception.tag)
            self.assertIn("logical-network-element", denied.exception.path)
            with self.assertRaises(RpcError) as denied:
                bob.call("kill_session", session_id="1")
            self.assertEqual("access-denied", denied.exception.tag)
        with NetconfClient(self.vireo, user="bob%blue") as bob:
            self.assertIn("bobs", bob.call("get_config", source="running"))
        # What bob may not see is as if it were not there.
        for router in ("red", "nothing"):
            done = self.lab.exec(
                self.vireo.host, "ssh", *self.vireo.ssh_options(), "-p", str(NETCONF_PORT), "-s",
                f"bob%{router}@127.0.0.1", "netconf", input="", check=False)
            self.assertEqual("", done.stdout)
            self.assertIn(f"there is no virtual router '{router}' that bob may see", done.stderr)

    def test_2_startup_isWhatTheNextRunBeginsWith(self):
        with self.vireo.netconf() as admin:
            self.assertIn("capability:startup:1.0", " ".join(admin.capabilities))
            admin.call("copy_config", source="running", target="startup")
            admin.edit('<system xmlns="urn:vireo:yang:vireo-system"><contact>gone</contact></system>')
            admin.commit()
            self.assertNotIn("gone", admin.call("get_config", source="startup"))
        self.vireo.stop()
        self.vireo.start("--startup", "on")
        with self.vireo.netconf() as admin:
            running = admin.call("get_config", source="running")
            self.assertNotIn("gone", running)
            self.assertIn("bobs", running)

    def test_3_editOptions_testOnlyContinueOnError(self):
        with self.vireo.netconf() as admin:
            config = f'<config xmlns="{BASE}"><system xmlns="urn:vireo:yang:vireo-system">' \
                "<contact>c</contact></system>{}</config>"
            admin.call("edit_config", target="candidate", config=config.format(""),
                       test_option="test-only")
            self.assertNotIn("<contact>c<", admin.call("get_config", source="candidate"))
            missing = f"""<interfaces xmlns="{configs.INTERFACES}"><interface
                xmlns:nc="{BASE}" nc:operation="delete"><name>none</name></interface></interfaces>"""
            with self.assertRaises(RpcError) as refused:
                admin.call("edit_config", target="candidate", config=config.format(missing),
                           error_option="continue-on-error")
            self.assertEqual("data-missing", refused.exception.tag)
            self.assertIn("<contact>c<", admin.call("get_config", source="candidate"))
            admin.call("discard_changes")

    def test_4_factoryReset_backToTheFirstStart(self):
        with self.vireo.netconf() as admin:
            admin.dispatch('<factory-reset xmlns="urn:vireo:yang:vireo-factory-default"/>')
            running = admin.call("get_config", source="running")
            self.assertNotIn("bob", running)
            self.assertIn("<name>admin</name>", running)
            data = re.compile(r"<nc:data.*", re.DOTALL)
            self.assertEqual(
                data.search(running).group(),
                data.search(admin.call("get_config", source="startup")).group())

    def test_5_configTool_exportsAndImportsWhileNothingRuns(self):
        self.vireo.stop()
        tool = [os.path.join(ROOT, "vireo"), "config"]
        state = ["--state", self.vireo.data]
        file = os.path.join(self.vireo.state, "config.json")
        subprocess.run([*tool, "export", *state, "--format", "json", file], check=True)
        with open(file, encoding="utf-8") as text:
            config = json.load(text)
        config["vireo-system:system"]["contact"] = "by file"
        with open(file, "w", encoding="utf-8") as text:
            json.dump(config, text)
        subprocess.run([*tool, "import", *state, file], check=True)
        self.vireo.start()
        with self.vireo.netconf() as admin:
            self.assertIn("by file", admin.call("get_config", source="running"))
        held = subprocess.run(
            [*tool, "export", *state], capture_output=True, text=True, check=False)
        self.assertEqual(1, held.returncode, held)
        self.assertIn("in use by another process", held.stderr)


if __name__ == "__main__":
    cases.main()
