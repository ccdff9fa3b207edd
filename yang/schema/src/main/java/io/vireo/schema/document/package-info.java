/// Documents of data, whatever their notation: elements matched with a schema, and what is made of
/// them. A notation's reader makes [DocumentElement]s; they become a tree's data, taken apart at
/// the mount points ([DeviceAndRouters]), or the primitive edits of an edit payload ([EditPlanner],
/// RFC 6241 §7.2). One thread a document.
@NullMarked
package io.vireo.schema.document;

import org.jspecify.annotations.NullMarked;
