@NullMarked
package io.vireo.schema.cbor;

import org.jspecify.annotations.NullMarked;
