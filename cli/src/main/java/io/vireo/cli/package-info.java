/// The Cisco-style command line, made from YANG.
///
/// A [CliDoor] stands in the SSH endpoint and serves shells and single commands; each has a
/// [CliSession], which speaks to the datastores through the management API only. No command is
/// written down here for a model: [io.vireo.cli.schema] reads the schema contexts and the
/// `vireo-cli` statements in them, [io.vireo.cli.config] makes the lines of configure mode and
/// prints configuration as such lines, [io.vireo.cli.exec] makes the operational commands, and
/// [io.vireo.cli.grammar] matches, completes and explains all of them in the same way. What stands
/// here in Java is what no model describes: modes, transactions, help, pipes, paging.
///
/// A session belongs to one thread, which the SSH endpoint gives; answers of the management API are
/// waited for on it. The schema views and forms are immutable and shared by all sessions.
///
/// Invariants: what `show running-config` prints, given back line by line, makes the same tree
/// (held by `RoundTripTest`); no model's name is in this room (held by an ArchUnit test and by
/// `DroppedInModuleTest`).
@NullMarked
package io.vireo.cli;

import org.jspecify.annotations.NullMarked;
