/// What the server tells about itself: the modules it serves (RFC 6022 `schemas`, RFC 8525
/// yang-library, the capabilities of the hello), sessions, locks and counters. Read by the
/// operational datastore through [io.vireo.datastore.api.StateSource]; never blocks.
@NullMarked
package io.vireo.netconf.monitoring;

import org.jspecify.annotations.NullMarked;
