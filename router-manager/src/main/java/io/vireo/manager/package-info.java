/// The three mains of Vireo and what ties the rooms together.
///
/// *Types.* [io.vireo.manager.guard.GuardMain] runs as root and starts the other two;
/// [io.vireo.manager.ManagerMain] serves management as user `vireo`;
/// [io.vireo.manager.vr.VirtualRouterMain] is one virtual router as user `vireo-vr`. What more than
/// one of them needs stands here: where files are ([StateFolder]), the first user's way into the
/// configuration ([FirstUser]).
///
/// *Invariants.* What the guard and a virtual router load never touches YANG Tools: their class
/// path does not hold it.
@NullMarked
package io.vireo.manager;

import org.jspecify.annotations.NullMarked;
