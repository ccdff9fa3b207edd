/// The IPv4 forwarding table: a longest-prefix-match trie over one `int` array, and the next-hop
/// groups its leaves name.
///
/// Owned by the worker, which both looks up and installs. Lookup touches at most four cells and
/// allocates nothing; an update touches the cells its prefix covers. A group is shared by all
/// prefixes with the same set of next hops, so a change of the set touches the group alone.
@NullMarked
package io.vireo.vr.fib;

import org.jspecify.annotations.NullMarked;
