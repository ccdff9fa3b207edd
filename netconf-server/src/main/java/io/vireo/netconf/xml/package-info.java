/// XML as a server facing the world reads it: no DTD, no entities, everything bounded.
@NullMarked
package io.vireo.netconf.xml;

import org.jspecify.annotations.NullMarked;
