/// OpenDaylight's NETCONF client as a user of the product's server.
@NullMarked
package io.vireo.tests.opendaylight;

import org.jspecify.annotations.NullMarked;
