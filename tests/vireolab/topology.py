"""Topologies that the demo, the interop tests and the benchmarks share."""


def two_hosts(lab):
    """h1 -- eth1 [r] eth2 -- h2; each host's default route is the router's address."""
    for host in ("h1", "r", "h2"):
        lab.add_host(host)
    lab.link("h1", "eth0", "r", "eth1")
    lab.link("h2", "eth0", "r", "eth2")
    lab.address("h1", "eth0", "10.0.1.2/24", gateway="10.0.1.1")
    lab.address("h2", "eth0", "10.0.2.2/24", gateway="10.0.2.1")
