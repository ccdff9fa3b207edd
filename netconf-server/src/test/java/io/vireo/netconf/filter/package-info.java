@NullMarked
package io.vireo.netconf.filter;

import org.jspecify.annotations.NullMarked;
