/// Configure mode: lines to edits, and configuration to lines.
///
/// [ConfigGrammar] makes the grammar of a mode from the schema: every node by its name, and the
/// familiar forms. A line means a [ConfigLine]: changes, and the mode that it leads to.
/// [EditBuilder] turns changes to edits of the candidate, where they need to know what stands there
/// already: what a new entry begins with, the other cases of a choice. [ConfigPrinter] prints trees
/// as lines that, given in order, make the same trees; [LineDifference] compares such prints.
///
/// The device's tree and the virtual routers' are one here: where the schema has a mount point, the
/// mounted tree's lines stand in the mode of the list entry around it. Values only, no thread.
@NullMarked
package io.vireo.cli.config;

import org.jspecify.annotations.NullMarked;
