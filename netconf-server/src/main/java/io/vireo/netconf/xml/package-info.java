/// What NETCONF adds to [io.vireo.schema.xml]: paths as XML writes them, and the pages of a read
/// joined into one tree. Readers and writers come from [io.vireo.schema.xml.SafeXml]: no DTD, no
/// entities, everything bounded.
@NullMarked
package io.vireo.netconf.xml;

import org.jspecify.annotations.NullMarked;
