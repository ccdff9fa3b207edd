/// Sessions on one virtual router: its tree as a whole device's.
///
/// [RouterScope] has what all of them share: a virtual router's schema with the modules of NETCONF.
/// [RouterSession] is the management session underneath, whose device is that router: trees, paths
/// and errors are carried over, in both directions, so that the rest of the server need not know.
/// What is configured is in a candidate of the session's own. Access control is the device's: rules
/// name nodes by their places below the mount point.
@NullMarked
package io.vireo.netconf.scope;

import org.jspecify.annotations.NullMarked;
