@NullMarked
package io.vireo.ssh;

import org.jspecify.annotations.NullMarked;
