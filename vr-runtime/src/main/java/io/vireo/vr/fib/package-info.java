/// The forwarding tables of IPv4 and IPv6: longest-prefix match over addresses, and the next-hop
/// groups that it finds.
///
/// **Structure.** A [PrefixTrie] is a table for the first bits, more of them when there are many
/// routes, and compressed nodes below it; [RouteStore] keeps the exact prefixes for the writer.
/// Lookup of one address follows the levels; lookup of many goes level by level, so that memory
/// accesses overlap. A table of a hundred routes takes a few KB, one of a million 64 MB.
///
/// **Threads.** One writes, any may look up, without locks: see [PrefixTrie]. What readers may be
/// in is used again after `reclaim` only, which the writer calls when all of them have come out.
///
/// **Adjacencies.** What becomes of a packet has a number in the [AdjacencyTable], which keeps,
/// while the neighbour is known, the Ethernet header for it.
///
/// **Groups.** A group is shared by all prefixes with the same set of next hops, so that a change
/// of the set touches the group alone. Group 0 is "no route".
///
/// **Limits.** 2^23 groups; 1 GB of trie for each family; prefixes shorter than 8 bits cost an
/// update milliseconds in a large table (the default route does not).
@NullMarked
package io.vireo.vr.fib;

import org.jspecify.annotations.NullMarked;
