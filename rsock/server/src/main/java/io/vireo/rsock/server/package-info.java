@NullMarked
package io.vireo.rsock.server;

import org.jspecify.annotations.NullMarked;
