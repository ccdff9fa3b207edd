@NullMarked
package io.vireo.manager;

import org.jspecify.annotations.NullMarked;
