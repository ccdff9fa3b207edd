@NullMarked
package io.vireo.drivers;

import org.jspecify.annotations.NullMarked;
