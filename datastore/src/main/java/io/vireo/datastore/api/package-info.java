/// The management API: the only door to the datastores, for NETCONF, the CLI and what comes later.
///
/// A door opens a [ManagementSession] for a [Caller] and speaks only through it. Trees are the
/// device's and one per virtual router ([io.vireo.schema.edit.TreeId]); a door that shows one whole
/// document stitches them itself with the schema room's writers. All calls return at once with a
/// future; a refusal completes it with a [ManagementException], whose errors carry RFC 6241's tags.
/// Results may arrive on any thread. Access control (RFC 8341) is enforced behind this API, once
/// for all doors.
///
/// [RouterBinding] is the opposite side: what the datastore needs of whoever runs the virtual
/// routers, so that a commit reaches them and their state can be read.
@NullMarked
package io.vireo.datastore.api;

import org.jspecify.annotations.NullMarked;
