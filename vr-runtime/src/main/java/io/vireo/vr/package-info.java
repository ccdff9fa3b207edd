@NullMarked
package io.vireo.vr;

import org.jspecify.annotations.NullMarked;
