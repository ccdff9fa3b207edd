/// Operational commands: tables, RPCs, and what is printed of data.
///
/// [ShowTable] prints the tables that `table` statements describe, [RpcGrammar] makes a command of
/// each RPC, [OutputText] prints its outputs, [StatePrinter] prints any data by rule. [Filter] is
/// what stands behind a bar. Values only; whoever calls owns the thread.
@NullMarked
package io.vireo.cli.exec;

import org.jspecify.annotations.NullMarked;
