#!/usr/bin/python3
"""Debian's python3-ncclient through an edit, a commit, reads and errors: HOST PORT."""

import sys

from ncclient import manager
from ncclient.operations import RPCError
from ncclient.xml_ import to_ele

LNE = "urn:ietf:params:xml:ns:yang:ietf-logical-network-element"
IF = "urn:ietf:params:xml:ns:yang:ietf-interfaces"
IANA = "urn:ietf:params:xml:ns:yang:iana-if-type"

ROUTER = (
    f'<logical-network-elements xmlns="{LNE}"><logical-network-element><name>blue</name><root>'
    f'<interfaces xmlns="{IF}"><interface><name>lo0</name>'
    f'<type xmlns:t="{IANA}">t:softwareLoopback</type></interface></interfaces>'
    "</root></logical-network-element></logical-network-elements>"
)

CONFIG = f'<config xmlns="urn:ietf:params:xml:ns:netconf:base:1.0">{ROUTER}</config>'


def main(host, port):
    with manager.connect(
        host=host, port=port, username="admin", password="password", hostkey_verify=False,
        look_for_keys=False, allow_agent=False, timeout=30,
    ) as m:
        assert any("candidate" in c for c in m.server_capabilities)
        with m.locked("candidate"):
            m.edit_config(target="candidate", config=CONFIG)
            m.validate(source="candidate")
            m.commit()
        running = m.get_config(source="running", filter=("subtree", ROUTER)).data_xml
        assert "softwareLoopback" in running, running
        assert "lo0" in m.get(filter=("subtree", ROUTER)).data_xml
        assert "module vireo-tools" in m.get_schema("vireo-tools").data
        m.edit_config(target="running", config=CONFIG)
        m.edit_config(target="candidate", config=CONFIG)
        m.commit(confirmed=True, timeout="60", persist="token")
        try:
            m.commit(persist_id="wrong")
            raise AssertionError("a wrong token confirmed")
        except RPCError as refusal:
            assert refusal.tag == "invalid-value", refusal
        m.cancel_commit(persist_id="token")
        m.copy_config(source="running", target="candidate")
        m.discard_changes()
        reply = m.dispatch(to_ele(
            '<action xmlns="urn:ietf:params:xml:ns:yang:1">'
            + ROUTER[:ROUTER.index("<interfaces")]
            + '<ping xmlns="urn:vireo:yang:vireo-tools"><destination>10.0.0.1</destination></ping>'
            + "</root></logical-network-element></logical-network-elements></action>"))
        assert "received" in reply.xml, reply.xml
    print("ok")


main(sys.argv[1], int(sys.argv[2]))
