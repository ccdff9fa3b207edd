/// The operations layer (RFC 6241 §7 and §8; RFC 6022; RFC 7950 §7.14 and §7.15).
///
/// An [Operation] reads its whole request and gives an [Action], which then speaks to the
/// management API and writes the reply. One class a family.
@NullMarked
package io.vireo.netconf.operation;

import org.jspecify.annotations.NullMarked;
