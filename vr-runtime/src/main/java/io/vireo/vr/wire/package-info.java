/// Wire formats as static accessors over a memory segment: named offsets, nothing copied, nothing
/// allocated.
///
/// A node checks a packet's length and fields once, then reads them here. Multi-byte values are in
/// network order; IPv4 addresses are `int`s, Ethernet addresses the low 48 bits of a `long`.
/// Standards: IEEE 802.3, RFC 826, RFC 791, RFC 792, RFC 768.
@NullMarked
package io.vireo.vr.wire;

import org.jspecify.annotations.NullMarked;
