/// Schema contexts as the command line sees them.
///
/// A [CliSchema] is one context (the device's, or that of all virtual routers): a tree of
/// [CliNode]s in which choices and cases are flattened away, each with the [Style] that `vireo-cli`
/// statements give it, and the forms, tables and outputs that stand at it. [ValueText] turns values
/// of leaves to words and back; what a type takes is for `io.vireo.schema.type`. [DataPath] walks
/// instances.
///
/// YANG Tools keeps statements of extensions it doesn't know in the declared model only, so they
/// are read from there ([StyleReader]). Everything is immutable once built, and shared by all
/// sessions.
@NullMarked
package io.vireo.cli.schema;

import org.jspecify.annotations.NullMarked;
