/// The guard: the only process with privileges, and the parent of all others.
///
/// *Purpose.* `vireo run` is [GuardMain]. It checks what must hold ([Startup]), starts the router
/// manager and starts it again when it dies ([ManagerProcess]), and does for the manager what needs
/// root: starts and ends virtual routers' processes ([RouterProcesses]), opens network devices
/// ([Guard], [io.vireo.manager.port]) and hands their descriptors over. It reads nothing from the
/// network and no configuration.
///
/// *Data in and out.* Requests of the manager: frames of `vireo-guard` on a unix socket that only
/// the manager's user reaches ([GuardSocket], [GuardSession], [GuardRequests]). Notifications: a
/// router's process ended, a device changed.
///
/// *Owner thread.* One [io.vireo.manager.life.Loop] owns all state; readers and process watchers
/// post to it. Processes are started on it, since they die with the thread that started them.
///
/// *Invariants.* Virtual routers do not depend on the manager: it may die and come back. When the
/// guard ends, in whatever way, no process of its outlives it and every device is given back, by it
/// or by its successor. A password is never in an argument, an environment or a log.
///
/// *Limits.* When the guard itself dies, the routers die with it. Without a service manager nobody
/// starts it again.
@NullMarked
package io.vireo.manager.guard;

import org.jspecify.annotations.NullMarked;
