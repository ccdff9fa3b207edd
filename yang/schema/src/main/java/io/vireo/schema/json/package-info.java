/// Data in JSON: RFC 7951, across the mount point as in XML.
///
/// Reading is strict about types: numbers of up to 32 bits are JSON numbers, those of 64 bits and
/// decimals strings (RFC 7951 §6.1), for in a union nothing else tells members apart. Metadata (RFC
/// 7952, members that begin with `@`) is passed over. Streams both ways; one thread a document.
@NullMarked
package io.vireo.schema.json;

import org.jspecify.annotations.NullMarked;
