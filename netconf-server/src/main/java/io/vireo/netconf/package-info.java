/// The NETCONF server (RFC 6241) over the SSH room's channels (RFC 6242).
///
/// [NetconfServer] is the door that the SSH endpoint calls for each `netconf` channel. A session is
/// one virtual thread that reads a request, carries it out and writes the reply, so that pipelined
/// requests keep their order (RFC 6241 §4.5) and a slow reader holds up itself alone; its back
/// pressure is the channel's. All data and all verdicts come from the management API
/// ([io.vireo.datastore.api.ManagementSession]); locks, access control and validation are behind
/// it.
///
/// Rooms: `framing` (octets to messages), `xml` (hardened parser, writer), `rpc` (hello, request,
/// reply, errors), `operation` (one class a family of operations), `filter` (subtree filters),
/// `monitoring` (RFC 6022 and RFC 8525 state), `scope` (sessions on one virtual router). XML of
/// data trees is the schema room's.
///
/// A request is read to its end before anything of it is done. Errors are those of RFC 6241,
/// Appendix A, with a path a client can use and words for a person; never a stack trace. Bounds:
/// octets of a message, depth, attributes and names of its XML; entities and DTDs are refused.
///
/// Left out for now: notifications.
@NullMarked
package io.vireo.netconf;

import org.jspecify.annotations.NullMarked;
