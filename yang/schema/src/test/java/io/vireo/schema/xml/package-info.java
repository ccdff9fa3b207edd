@NullMarked
package io.vireo.schema.xml;

import org.jspecify.annotations.NullMarked;
