/// The manager's way from its start to open doors.
///
/// *Purpose.* [ManagerOptions] says where things are; [ManagerService] goes through the steps in
/// the order that brings packets first: the stored configuration is read without a schema and the
/// virtual routers start from it, while the schemas are still being parsed; then the datastore
/// opens, then the doors. [FirstConfig] is what only a first start does.
///
/// *Owner thread.* The main thread takes the steps; the fleet lives on the manager's loop.
@NullMarked
package io.vireo.manager.boot;

import org.jspecify.annotations.NullMarked;
