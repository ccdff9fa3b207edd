@NullMarked
package io.vireo.datastore;

import org.jspecify.annotations.NullMarked;
