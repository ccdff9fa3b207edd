/// The forwarding graph: nodes that each take a whole vector of packets one step further.
///
/// ```text
///  receive -> EthernetInput -> Ipv4Input -> Ipv4Lookup -> Ipv4Rewrite -> transmit
///                   |                           |  ^           |
///                ArpInput                  Ipv4Local |      Ipv4Fragmenter
///                                           |    |   |
///                                    IcmpInput UdpInput, IcmpError
/// ```
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
/// **Standards.** RFC 791, 792, 826, 1122, 1812 (forwarding, ICMP), 2644 (directed broadcast), 6633
/// (no source quench). Left out: options processing, multicast forwarding, reassembly.
@NullMarked
package io.vireo.vr.forward;

import org.jspecify.annotations.NullMarked;
