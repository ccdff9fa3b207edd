@NullMarked
package io.vireo.schema;

import org.jspecify.annotations.NullMarked;
