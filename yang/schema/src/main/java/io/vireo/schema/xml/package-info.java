/// XML to data trees and back (RFC 7950 §7, RFC 6241 §7.2), across the schema mount (RFC 8528).
///
/// [XmlTreeReader] reads documents and `edit-config` payloads, [XmlTreeWriter] writes; both walk
/// [io.vireo.schema.node.SchemaTree] and step from the device's schema into the routers' one at the
/// mount point, so that a reader on the other side sees one tree. [SafeXml] makes the stream
/// readers.
///
/// An edit payload is read whole, as [DocumentElement]s with their `operation` attributes, then
/// turned by [EditPlanner] into primitive edits of one tree each. Operations at a logical network
/// element or above are handed down to the mounted tree there.
///
/// Threads: readers and writers are immutable and shared; a call belongs to its thread.
///
/// Limits: [SafeXml] refuses DTDs and entities and bounds depth, attributes and text; whoever reads
/// from a socket bounds the message. Left out: `anyxml` and `anydata` content in edits (refused).
///
/// Errors: [io.vireo.schema.SchemaDataException] with RFC 6241 tag, place, value and what would be
/// right.
@NullMarked
package io.vireo.schema.xml;

import org.jspecify.annotations.NullMarked;
