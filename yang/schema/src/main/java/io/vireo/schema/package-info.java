/// YANG at run time: which modules there are, what they say, and who reads and writes their data.
///
/// [SchemaContexts] compiles the named contexts (`device`, `router`, `control`) that manifests of
/// the models room list, each once and several in parallel. `node` shows a context as documents see
/// it; `sid` numbers its nodes; `cbor` and `xml` carry its data; `edit` names what a door wants
/// changed. [ModuleDescription] is what the yang-library, `hello` and `get-schema` tell.
///
/// Owner: none; everything here is immutable once made and used by any thread. This room and YANG
/// Tools live in the manager only: virtual routers and clients use generated records instead.
///
/// Standards: RFC 7950 (modules, encoding in XML), RFC 6241 §7.2 (edits), RFC 8528 (mount, shared
/// schema, one mount point), RFC 9254 and RFC 9595 (CBOR and SIDs), RFC 8525 (content-id). Left
/// out: RFC 7951 (JSON), actions, `anydata` in XML.
@NullMarked
package io.vireo.schema;

import org.jspecify.annotations.NullMarked;
