@NullMarked
package io.vireo.netconf.framing;

import org.jspecify.annotations.NullMarked;
