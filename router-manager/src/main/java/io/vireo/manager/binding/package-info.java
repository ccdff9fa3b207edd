/// Ties the datastore to the virtual routers: the manager's side of
/// [io.vireo.datastore.api.RouterBinding].
///
/// *Purpose.* [FleetBinding] carries commits to the routers' processes and their state back;
/// [DeviceConfig] reads of the device's tree what the fleet needs, [DeviceState] writes what only
/// the manager knows. Both go through YANG-CBOR and generated records: nothing is mapped by hand.
///
/// *Owner thread.* Calls come from the datastore's threads, are carried out on the manager's loop,
/// and end on whichever thread had the last answer.
///
/// *Invariants.* A router that does not run has no vote: the change is committed and reaches it
/// when it starts. What was prepared is applied or aborted, once.
@NullMarked
package io.vireo.manager.binding;

import org.jspecify.annotations.NullMarked;
