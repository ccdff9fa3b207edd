/// Sessions, locks, commits and reads: what stands behind the management API.
///
/// [Stage] holds the one immutable [State] and the writer lock; [EngineSession] is a door's
/// session, which changes configurations through [ConfigWrites], by one [Authority] or the other,
/// and has a [SessionCandidate]; [Boot] brings up what lies on disk; [CommitPipeline] takes a
/// candidate to running, [Confirmation] takes it back where nobody confirms it; [History] makes the
/// past anew; [Snapshots] keeps the way to it short; [KeptConfigs] has startup and factory-default;
/// [EventBus] tells what happens; [StateReader] puts operational data together. The package is for
/// [io.vireo.datastore.ManagementEngine] only.
@NullMarked
package io.vireo.datastore.engine;

import org.jspecify.annotations.NullMarked;
