/// Who may do what: access control by the rules in `/nacm` of running (RFC 8341).
///
/// [AccessControl] gives each session's [UserAccess]: the rules that concern its user, in order,
/// and what they come to. A decision about a schema node is worked out once and kept; only where
/// rules name list entries are instances looked at. A subtree that is permitted as a whole is not
/// walked at all: most reads and all edits of an administrator cost one look at a flag.
///
/// [ReadFilter] leaves out of trees what may not be read; [WriteCheck] looks at what a change
/// creates, updates and deletes, [NamedCheck] at what edits name of that which may not be read.
/// Refusals go through a [Veil]: they do not tell what may not be read. Paths go across the mount
/// point (RFC 8528): the tree of a virtual router stands below its list entry, as in a session on
/// the device.
///
/// **Threads.** Any; decisions are immutable once made.
///
/// **Standard.** RFC 8341 whole, external groups left out: no transport here reports any. A
/// recovery session is one of the router manager itself or of a user named by `--recovery-user`.
@NullMarked
package io.vireo.datastore.access;

import org.jspecify.annotations.NullMarked;
