@NullMarked
package io.vireo.cli;

import org.jspecify.annotations.NullMarked;
