#!/usr/bin/python3
"""OpenDaylight's NETCONF client: the device's schema downloaded and compiled, edits, errors."""

import os
import sys
import unittest

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

from vireolab import cases
from vireolab.lab import Lab
from vireolab.netconf import NETCONF_PORT
from vireolab.router import Vireo
from vireolab.sockets import java

USER = (
    '<system xmlns="urn:vireo:yang:vireo-system"><authentication><user><name>controller</name>'
    # "password", cheap to verify
    "<password>$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"
    "</password></user></authentication></system>"
    '<nacm xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-acm"><groups><group><name>admin</name>'
    "<user-name>controller</user-name></group></groups></nacm>")


class OpenDaylight(unittest.TestCase):
    def test_controller_seesUnknownDevice_worksWithIt(self):
        with Lab(f"vo{os.getpid()}") as lab:
            lab.add_host("r")
            vireo = Vireo(lab, "r")
            self.addCleanup(vireo.close)
            vireo.start()
            with vireo.netconf() as session:
                session.edit(USER)
                session.commit()
            folder = os.path.join(cases.out(), "opendaylight")
            done = lab.exec(
                "r", java(), "--sun-misc-unsafe-memory-access=allow", "-cp", folder + "/*",
                "io.vireo.tests.opendaylight.OpenDaylightMain", "127.0.0.1", str(NETCONF_PORT),
                "controller", "password", check=False)
            self.assertEqual(0, done.returncode, done.stdout + done.stderr)
            self.assertRegex(done.stdout, r"\d\d modules compiled")
            self.assertIn("all went well", done.stdout)


if __name__ == "__main__":
    cases.main()
