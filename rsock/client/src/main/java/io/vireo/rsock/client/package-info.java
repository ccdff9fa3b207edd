@NullMarked
package io.vireo.rsock.client;

import org.jspecify.annotations.NullMarked;
