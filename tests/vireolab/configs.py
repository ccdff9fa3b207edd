"""Configurations that the labs send, as XML of the device's models."""

INTERFACES = "urn:ietf:params:xml:ns:yang:ietf-interfaces"
LNE = "urn:ietf:params:xml:ns:yang:ietf-logical-network-element"
IP = "urn:ietf:params:xml:ns:yang:ietf-ip"
ROUTING = "urn:ietf:params:xml:ns:yang:ietf-routing"
IPV4 = "urn:ietf:params:xml:ns:yang:ietf-ipv4-unicast-routing"
IPV6 = "urn:ietf:params:xml:ns:yang:ietf-ipv6-unicast-routing"
IANA = "urn:ietf:params:xml:ns:yang:iana-if-type"
PORT = "urn:vireo:yang:vireo-port"
VLAN = "urn:vireo:yang:vireo-vlan"
PUNT = "urn:vireo:yang:vireo-punt"
NETCONF = "urn:ietf:params:xml:ns:netconf:base:1.0"
SOCKETS = "urn:vireo:yang:vireo-sockets"


def port(name, router, device=None):
    """A device interface that `router` drives.

    The driver's identity stands in the default namespace: lxml, under ncclient, drops a prefix
    that only a value uses if its namespace is already the default one.
    """
    host_interface = f"<host-interface>{device}</host-interface>" if device else ""
    return (
        f'<interface><name>{name}</name>'
        f'<type xmlns:t="{IANA}">t:ethernetCsmacd</type>'
        f'<bind-lne-name xmlns="{LNE}">{router}</bind-lne-name>'
        f'<port xmlns="{PORT}"><driver>af-packet</driver>'
        f"{host_interface}</port></interface>"
    )


def ports(*entries):
    return f'<interfaces xmlns="{INTERFACES}">{"".join(entries)}</interfaces>'


def address(name, ip, length, ipv6=""):
    """A router's interface with one IPv4 address, and what `ipv6()` says of IPv6."""
    return (
        f'<interface><name>{name}</name>'
        f'<type xmlns:t="{IANA}">t:ethernetCsmacd</type>'
        f'<ipv4 xmlns="{IP}"><address><ip>{ip}</ip>'
        f"<prefix-length>{length}</prefix-length></address></ipv4>{ipv6}</interface>"
    )


def sub_interface(name, vlan, ip, length):
    """A router's sub-interface of the interface that its name begins with."""
    return (
        f'<interface><name>{name}</name><type xmlns:t="{IANA}">t:l2vlan</type>'
        f'<vlan xmlns="{VLAN}"><outer-id>{vlan}</outer-id></vlan>'
        f'<ipv4 xmlns="{IP}"><address><ip>{ip}</ip>'
        f"<prefix-length>{length}</prefix-length></address></ipv4></interface>"
    )


def ipv6(*addresses, advertise=False, more=""):
    """IPv6 of an interface with addresses as (address, prefix length)."""
    entries = "".join(
        f"<address><ip>{ip}</ip><prefix-length>{length}</prefix-length></address>"
        for ip, length in addresses
    )
    sent = (
        f'<ipv6-router-advertisements xmlns="{IPV6}"><send-advertisements>true'
        "</send-advertisements></ipv6-router-advertisements>" if advertise else ""
    )
    return f'<ipv6 xmlns="{IP}">{entries}{more}{sent}</ipv6>'


def static_routes(*routes):
    """Routes of either family as (prefix, next hop)."""
    def entries(family):
        return "".join(
            f"<route><destination-prefix>{prefix}</destination-prefix><next-hop>"
            f"<next-hop-address>{hop}</next-hop-address></next-hop></route>"
            for prefix, hop in routes if (":" in prefix) == (family == "ipv6")
        )

    return (
        f'<routing xmlns="{ROUTING}"><control-plane-protocols><control-plane-protocol>'
        f'<type>static</type><name>default</name>'
        f'<static-routes><ipv4 xmlns="{IPV4}">{entries("ipv4")}</ipv4>'
        f'<ipv6 xmlns="{IPV6}">{entries("ipv6")}</ipv6></static-routes>'
        "</control-plane-protocol></control-plane-protocols></routing>"
    )


def socket_access(*users):
    entries = "".join(
        f"<rule><name>{user}</name><user>{user}</user><action>permit</action>"
        "<low-ports>true</low-ports></rule>"
        for user in users
    )
    return f'<sockets xmlns="{SOCKETS}"><access>{entries}</access></sockets>'


def router(name, *contents):
    """A virtual router and what stands in its tree."""
    return routers((name, contents))


def routers(*entries):
    """Virtual routers as (name, what stands in its tree)."""
    text = "".join(
        f"<logical-network-element><name>{name}</name><root>{''.join(contents)}</root>"
        "</logical-network-element>"
        for name, contents in entries
    )
    return f'<logical-network-elements xmlns="{LNE}">{text}</logical-network-elements>'


def two_hosts(name="blue", users=("root",)):
    """`name` between 10.0.1.0/24 on eth1 and 10.0.2.0/24 on eth2."""
    return ports(port("eth1", name), port("eth2", name)) + router(
        name,
        f'<interfaces xmlns="{INTERFACES}">',
        address("eth1", "10.0.1.1", 24),
        address("eth2", "10.0.2.1", 24),
        "</interfaces>",
        static_routes(("192.0.2.0/24", "10.0.2.2")),
        socket_access(*users),
    )
