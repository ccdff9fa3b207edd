@NullMarked
package io.vireo.generator;

import org.jspecify.annotations.NullMarked;
