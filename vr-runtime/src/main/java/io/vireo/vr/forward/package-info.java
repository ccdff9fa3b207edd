/// The forwarding graph: nodes that each take a whole vector of packets one step further.
///
/// ```text
///  receive -> EthernetInput -> Ipv4Input -> Ipv4Lookup -> Ipv4Rewrite -> transmit
///               | |  ^  |                       |  ^           |
///               | |  |  ArpInput          Ipv4Local |      Ipv4Fragmenter
///               | |  |                      |    |  |
///               | |  |               IcmpInput UdpInput, IcmpError
///               | VlanInput
///               |
///               +-> Ipv6Input -> Ipv6Lookup -> Ipv6Rewrite -> transmit
///                                     |  ^            |
///                               Ipv6Local |     Ipv6Fragmenter
///                                     |   |
///            Icmpv6Input, NdInput, MldInput, Icmpv6Error, Redirects
/// ```
///
/// What begins by itself, tests of addresses, reports of groups, router advertisements, is
/// [Ipv6Control]'s.
///
/// One vector goes through the main nodes and is worked on in place: each keeps what goes on to the
/// next and moves the rest aside. In a node's first loop nothing is called that the compiler does
/// not take in; what is rare comes in a second loop.
///
/// **Owner.** One worker runs [DataPlane#run]; nodes have no thread, clock or lock. Time is an
/// argument.
///
/// **Invariants.** At most one vector's worth of packets is inside the graph, so that no input
/// overflows. Every packet leaves by transmit, a queue or a [DropReason]; each drop is counted
/// once. Nothing is allocated, thrown or logged per packet.
///
/// **Standards.** IPv4: RFC 791, 792, 826, 1122, 1812, 2644 (directed broadcast), 6633 (no source
/// quench), 7126 (options). IPv6: RFC 8200, 4291, 4443, 4861, 4862 §5.3 and §5.4, 3810 (a host's
/// side), 5722, 6946 and 7112 (fragments), 6724 (sources). Both: RFC 3704 (reverse path), 6192
/// (policers), IEEE 802.1Q. Left out: IGMP, multicast forwarding.
@NullMarked
package io.vireo.vr.forward;

import org.jspecify.annotations.NullMarked;
