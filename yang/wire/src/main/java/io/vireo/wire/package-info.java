@NullMarked
package io.vireo.wire;

import org.jspecify.annotations.NullMarked;
