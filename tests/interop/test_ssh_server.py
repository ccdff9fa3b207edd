#!/usr/bin/python3
"""The SSH server's configuration, changed while sessions are open; the client is OpenSSH's."""

import base64
import os
import re
import subprocess
import sys
import tempfile
import time
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab import cases
from vireolab.lab import Lab, await_true, run
from vireolab.netconf import RpcError
from vireolab.router import CLI_PORT, Vireo

SERVER = "urn:vireo:yang:vireo-ssh-server"
KEYSTORE = "urn:ietf:params:xml:ns:yang:ietf-keystore"
TRUSTSTORE = "urn:ietf:params:xml:ns:yang:ietf-truststore"
SYSTEM = "urn:vireo:yang:vireo-system"
CRYPTO = "urn:ietf:params:xml:ns:yang:ietf-crypto-types"
OPERATION = 'xmlns:nc="urn:ietf:params:xml:ns:netconf:base:1.0" nc:operation="delete"'


def endpoint(name, service, port, ssh="", address="127.0.0.1", tcp=""):
    return (
        f'<ssh-server xmlns="{SERVER}"><endpoint><name>{name}</name><service>{service}</service>'
        f"<tcp-server-parameters><local-bind><local-address>{address}</local-address>"
        f"<local-port>{port}</local-port></local-bind>{tcp}</tcp-server-parameters>"
        f"<ssh-server-parameters>{ssh}</ssh-server-parameters></endpoint></ssh-server>")


def delete(name):
    return (f'<ssh-server xmlns="{SERVER}"><endpoint {OPERATION}><name>{name}</name></endpoint>'
            "</ssh-server>")


def asymmetric_key(name, form, der, public=""):
    return (
        f'<keystore xmlns="{KEYSTORE}"><asymmetric-keys><asymmetric-key><name>{name}</name>{public}'
        f'<private-key-format xmlns:ct="{CRYPTO}">ct:{form}</private-key-format>'
        f"<cleartext-private-key>{base64.b64encode(der).decode()}</cleartext-private-key>"
        "</asymmetric-key></asymmetric-keys></keystore>")


def reference(name):
    return (f"<server-identity><host-key><name>{name}</name><public-key>"
            f"<central-keystore-reference>{name}</central-keystore-reference></public-key>"
            "</host-key></server-identity>")


class SshServer(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.lab = Lab(f"vs{os.getpid()}")
        cls.addClassCleanup(cls.lab.close)
        cls.lab.add_host("r")
        cls.vireo = Vireo(cls.lab, "r")
        cls.addClassCleanup(cls.vireo.close)
        cls.vireo.start()
        cls.files = tempfile.TemporaryDirectory(prefix="vireo-ssh-")
        cls.addClassCleanup(cls.files.cleanup)

    def setUp(self):
        self.session = self.vireo.netconf()
        self.addCleanup(self.session.close)

    def commit(self, *configs):
        for config in configs:
            self.session.edit(config)
        self.session.commit()

    def refused(self, *configs):
        """The error of a commit, after which the candidate is as running again."""
        try:
            with self.assertRaises(RpcError) as raised:
                self.commit(*configs)
            return raised.exception
        finally:
            self.session.call("discard_changes")

    def file(self, name):
        return os.path.join(self.files.name, name)

    def ssh(self, port, *more, user="admin", key=None, command="show interfaces"):
        """One command on a port; which host key it has is not asked."""
        return self.lab.exec(
            "r", "ssh", "-i", key or self.vireo.key, "-o", "IdentitiesOnly=yes", "-o",
            "BatchMode=yes", "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null",
            "-o", "LogLevel=ERROR", *more, "-p", str(port), f"{user}@127.0.0.1", command,
            check=False)

    def answers(self, port, *more):
        return self.ssh(port, *more).returncode == 0

    def audit(self):
        with open(os.path.join(self.vireo.data, "log", "vireod.log"), encoding="utf-8") as log:
            return log.read()

    def host_keys(self, port):
        """The types of the host keys that OpenSSH is shown."""
        shown = self.lab.exec("r", "ssh-keyscan", "-p", str(port), "127.0.0.1", check=False).stdout
        return {line.split()[1]: line.split()[2] for line in shown.splitlines()
                if not line.startswith("#")}

    def test_endpoint_addedMovedDeleted_sessionsStay(self):
        self.commit(endpoint("extra", "cli", 2022))
        self.assertTrue(self.answers(2022))
        self.assertFalse(self.answers(CLI_PORT), "the start's address goes with the first endpoint")
        with subprocess.Popen(
                ["ip", "netns", "exec", self.lab.name("r"), "ssh", *self.vireo.ssh_options(), "-o",
                 "StrictHostKeyChecking=no", "-p", "2022", "admin@127.0.0.1"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as open_session:
            open_session.stdin.write("show interfaces\n")
            open_session.stdin.flush()
            self.assertTrue(open_session.stdout.readline())
            self.commit(delete("extra"), endpoint("moved", "cli", 2023))
            self.assertTrue(self.answers(2023))
            self.assertFalse(self.answers(2022))
            open_session.stdin.write("show interfaces\n")
            open_session.stdin.close()
            self.assertTrue(open_session.stdout.read())
            self.assertEqual(0, open_session.wait(20))
        self.commit(delete("moved"))
        self.assertTrue(self.answers(CLI_PORT))
        self.assertFalse(self.answers(2023))

    def test_endpointOfOwnSession_movedToAllAddresses_sessionStays(self):
        self.commit(endpoint("all", "netconf", 830, address="0.0.0.0"))
        self.assertIn("all", self.session.call("get_config", source="running"))
        with self.vireo.netconf() as other:
            other.commit()
        self.commit(delete("all"))
        with self.vireo.netconf() as other:
            other.commit()

    def test_addressOfAnother_committed_isRefusedAndNothingChanges(self):
        self.assertIn("in use", str(self.refused_while_taken(2024)))
        self.assertTrue(self.answers(CLI_PORT))
        doubled = self.refused(endpoint("a", "cli", 2025), endpoint("b", "netconf", 2025))
        self.assertIn("choose another", str(doubled))
        self.assertIn("not an address", str(self.refused(endpoint("a", "cli", 2025, address="192.0.2.9"))))

    def refused_while_taken(self, port):
        taker = self.lab.start(
            "r", "python3", "-c",
            f"import socket; s = socket.create_server(('127.0.0.1', {port})); print(1, flush=True);"
            " s.accept()", stdout=subprocess.PIPE, text=True)
        try:
            taker.stdout.readline()
            return self.refused(endpoint("taken", "cli", port))
        finally:
            self.lab.stop(taker)
            taker.stdout.close()

    def test_hostKeys_inKeystore_areShown(self):
        keys = {}
        for name, kind, options, form in (
                ("rsa", "rsa", ("-b", "3072"), "rsa-private-key-format"),
                ("ec", "ecdsa", ("-b", "256"), "ec-private-key-format")):
            run("ssh-keygen", "-q", "-t", kind, *options, "-N", "", "-m", "PEM", "-f", self.file(name))
            keys[name] = asymmetric_key(name, form, self.der(name))
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", self.file("ed"))
        keys["ed"] = asymmetric_key("ed", "one-asymmetric-key-format", self.der("ed"))
        own = self.host_keys(CLI_PORT)
        self.commit(*keys.values(), *(
            endpoint("keys", "cli", 2030, reference(name)) for name in ("ed", "ec", "rsa")))
        shown = self.host_keys(2030)
        self.assertEqual({"ssh-ed25519", "ecdsa-sha2-nistp256", "ssh-rsa"}, set(shown))
        self.assertNotEqual(own["ssh-ed25519"], shown["ssh-ed25519"])
        with open(self.file("rsa.pub"), encoding="ascii") as public:
            self.assertEqual(public.read().split()[1], shown["ssh-rsa"])
        for algorithm in ("rsa-sha2-512", "ecdsa-sha2-nistp256", "ssh-ed25519"):
            self.assertTrue(self.answers(2030, "-o", f"HostKeyAlgorithms={algorithm}"))
        self.assertNotIn(base64.b64encode(self.der("ed")).decode(), self.audit())
        self.commit(delete("keys"))

    def der(self, name):
        with open(self.file(name), encoding="ascii") as pem:
            return base64.b64decode("".join(line for line in pem if "-----" not in line))

    def test_badHostKeys_committed_areRefusedByName(self):
        run("ssh-keygen", "-q", "-t", "rsa", "-b", "1024", "-N", "", "-m", "PEM", "-f",
            self.file("weak"))
        weak = self.refused(asymmetric_key("weak", "rsa-private-key-format", self.der("weak")),
                            endpoint("w", "cli", 2031, reference("weak")))
        self.assertEqual("invalid-value", weak.tag)
        self.assertRegex(str(weak), "host key weak: an RSA key of 1024 bits is too weak")
        junk = self.refused(asymmetric_key("junk", "ec-private-key-format", b"nonsense"),
                            endpoint("j", "cli", 2031, reference("junk")))
        self.assertRegex(str(junk), "host key junk: it can't be read")
        run("openssl", "genpkey", "-algorithm", "ed25519", "-out", self.file("other"))
        public = (f'<public-key-format xmlns:ct="{CRYPTO}">ct:ssh-public-key-format'
                  "</public-key-format><public-key>AAAA</public-key>")
        mixed = self.refused(
            asymmetric_key("mixed", "one-asymmetric-key-format", self.der("other"), public),
            endpoint("m", "cli", 2031, reference("mixed")))
        self.assertRegex(str(mixed), "its public key is not that of its private key")

    def test_algorithms_chosen_areTheOnlyOnes(self):
        chosen = (
            "<transport-params><key-exchange><key-exchange-alg>curve25519-sha256</key-exchange-alg>"
            "</key-exchange><encryption><encryption-alg>AEAD_AES_256_GCM</encryption-alg>"
            "<encryption-alg>aes256-ctr</encryption-alg></encryption><mac>"
            "<mac-alg>hmac-sha2-512-etm@openssh.com</mac-alg></mac></transport-params>")
        self.commit(endpoint("strict", "cli", 2032, chosen))
        self.assertTrue(self.answers(2032, "-c", "aes256-gcm@openssh.com"))
        self.assertTrue(self.answers(2032, "-c", "aes256-ctr", "-m", "hmac-sha2-512-etm@openssh.com"))
        self.assertFalse(self.answers(2032, "-c", "aes128-ctr"))
        self.assertFalse(self.answers(2032, "-c", "aes256-ctr", "-m", "hmac-sha2-256"))
        self.assertFalse(self.answers(2032, "-o", "KexAlgorithms=ecdh-sha2-nistp256"))
        self.commit(delete("strict"))
        weak = chosen.replace("aes256-ctr", "3des-cbc")
        refusal = self.refused(endpoint("weak", "cli", 2032, weak))
        self.assertRegex(str(refusal), "3des-cbc is not supported, or too weak: choose among aes256")

    def test_parametersThatWouldLockOut_committed_areRefused(self):
        unsigned = ("<transport-params><host-key><host-key-alg>rsa-sha2-512</host-key-alg></host-key>"
                    "</transport-params>")
        self.assertIn("no host key algorithm is left",
                      str(self.refused(endpoint("unsigned", "cli", 2036, unsigned))))
        impatient = ("<keepalives><idle-time>60</idle-time><max-probes>200</max-probes>"
                     "<probe-interval>5</probe-interval></keepalives>")
        self.assertIn("max-probes 200: the kernel takes 127 at most",
                      str(self.refused(endpoint("impatient", "cli", 2036, tcp=impatient))))
        self.commit(endpoint("patient", "cli", 2036, tcp=impatient.replace("200", "20")))
        self.assertTrue(self.answers(2036))
        self.commit(delete("patient"))

    def test_keyInTruststore_opensSession(self):
        run("ssh-keygen", "-q", "-t", "ecdsa", "-N", "", "-f", self.file("bagged"))
        with open(self.file("bagged.pub"), encoding="ascii") as public:
            blob = public.read().split()[1]
        self.assertNotEqual(0, self.ssh(CLI_PORT, key=self.file("bagged")).returncode)
        self.commit(
            f'<truststore xmlns="{TRUSTSTORE}"><public-key-bags><public-key-bag><name>staff</name>'
            f'<public-key><name>one</name><public-key-format xmlns:ct="{CRYPTO}">'
            f"ct:ssh-public-key-format</public-key-format><public-key>{blob}</public-key>"
            "</public-key></public-key-bag></public-key-bags></truststore>"
            f'<system xmlns="{SYSTEM}"><authentication><user><name>admin</name>'
            f'<public-key-bag xmlns="{SERVER}">staff</public-key-bag></user></authentication>'
            "</system>")
        self.assertEqual(0, self.ssh(CLI_PORT, key=self.file("bagged")).returncode)

    def test_limits_lowered_holdFromNowOnAndForNobodyBefore(self):
        with self.vireo.netconf() as other:
            self.commit(f'<ssh-server xmlns="{SERVER}"><limits><sessions-per-user>2'
                        "</sessions-per-user></limits></ssh-server>")
            self.assertFalse(self.answers(CLI_PORT))
            other.commit()
        await_true(lambda: self.answers(CLI_PORT), 10, "a session of two is free")
        self.commit(f'<ssh-server xmlns="{SERVER}"><limits {OPERATION}/></ssh-server>')

    def test_silentClient_askedInVain_losesItsSession(self):
        keepalives = "<keepalives><max-wait>1</max-wait><max-attempts>2</max-attempts></keepalives>"
        self.commit(endpoint("alive", "cli", 2033, keepalives))
        client = self.lab.start(
            "r", "ssh", *self.vireo.ssh_options(), "-o", "StrictHostKeyChecking=no", "-p", "2033",
            "admin@127.0.0.1", stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        try:
            client.stdin.write("show interfaces\n")
            client.stdin.flush()
            self.assertTrue(client.stdout.readline())
            time.sleep(4)  # longer than a silent client has: this one answers
            self.assertIsNone(client.poll())
            client.send_signal(19)  # stopped: it answers no more
            await_true(lambda: "client-lost" in self.audit(), 15, "the client is given up")
        finally:
            client.send_signal(18)
            client.stdin.close()
            self.lab.stop(client)
            client.stdout.close()
        self.commit(delete("alive"))

    def test_idleSession_withKeepalives_isEnded(self):
        keepalives = "<keepalives><max-wait>2</max-wait></keepalives>"
        self.commit(
            f'<ssh-server xmlns="{SERVER}"><idle-timeout>10</idle-timeout></ssh-server>',
            endpoint("idle", "cli", 2034, keepalives))
        began = time.monotonic()
        client = self.lab.start(
            "r", "ssh", *self.vireo.ssh_options(), "-o", "StrictHostKeyChecking=no", "-p", "2034",
            "admin@127.0.0.1", stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            client.wait(40)
            self.assertIn("idle for more than 10 s", client.stderr.read())
            self.assertGreater(time.monotonic() - began, 9)
        finally:
            client.stdin.close()
            client.stderr.close()
            self.lab.stop(client)
        with self.vireo.netconf() as again:  # this test's own session was as idle
            again.edit(f'<ssh-server xmlns="{SERVER}"><idle-timeout {OPERATION}/></ssh-server>')
            again.edit(delete("idle"))
            again.commit()

    def test_configuredEndpoint_restart_isThere(self):
        self.commit(endpoint("kept", "cli", 2035))
        self.vireo.stop()
        self.vireo.start()
        self.assertTrue(self.answers(2035))
        self.assertTrue(re.search("127.0.0.1:2035", self.vireo.log()))
        with self.vireo.netconf() as session:
            session.edit(delete("kept"))
            session.commit()


if __name__ == "__main__":
    cases.main()
