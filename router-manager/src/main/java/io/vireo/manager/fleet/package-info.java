/// The virtual routers and their ports: what there should be, what there is, and the way from one
/// to the other.
///
/// *Purpose.* [DesiredFleet] is what the configuration wants; [Fleet] makes it so and keeps it so:
/// it has processes started and ended, brings configurations and ports to them, and answers deaths,
/// devices that come and go, and changes of configuration in the same way, by comparing.
///
/// *Types.* [ManagedRouter] is one virtual router with its process and connection, [ManagedPort]
/// one port with its device. [GuardControl] and [RouterControl] are what the fleet may ask of the
/// guard and of a router's process; [GuardLink] and [RouterLink] do so over the wire.
///
/// *Owner thread.* The manager's loop owns all of it. What the guard or a router answers comes back
/// to the loop before anything is changed.
///
/// *Invariants.* A router that serves is never touched by the manager's own end or start: a new
/// manager finds it, compares the hash of its configuration, and brings only what differs. A port
/// is taken from one router before it is given to another. A router without configuration in force
/// is given one before it counts as running.
///
/// *Limits.* A process that hangs without ending is not noticed yet.
@NullMarked
package io.vireo.manager.fleet;

import org.jspecify.annotations.NullMarked;
