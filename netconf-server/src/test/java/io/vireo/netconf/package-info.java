@NullMarked
package io.vireo.netconf;

import org.jspecify.annotations.NullMarked;
