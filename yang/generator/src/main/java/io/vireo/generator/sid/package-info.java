/// Allocates SIDs: every module, identity, feature, data node, operation and notification of the
/// three contexts gets a number, once and for ever.
///
/// *Types.* [SchemaItems] lists what needs a number, [SidAllocation] gives out numbers (a pure
/// function), [SidJson] prints a `.sid` file, [SidLedger] is the second witness of every number
/// ever given, [SidTool] is the main.
///
/// *Command.* After a change of a model: `mvn -q -B -o -pl yang/generator -am -Psid-update
/// process-classes`; a test of this room runs the same in `--check` mode.
///
/// *Invariants.* Append-only: a number that stands in a file or in the ledger never changes its
/// meaning and is never given again; what left the models is kept as `obsolete`. A module takes
/// numbers from ranges of its own, and another range when they are full. Numbers are in the
/// experimental space, [SidAllocation#FIRST] to [SidAllocation#LAST].
///
/// *Standards.* RFC 9595 (file format; choices and cases get no number since RFC 9254 does not
/// encode them).
@NullMarked
package io.vireo.generator.sid;

import org.jspecify.annotations.NullMarked;
