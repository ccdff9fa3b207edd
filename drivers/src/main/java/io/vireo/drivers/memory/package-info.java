/// The `memory` driver: two ports of one process joined by a wire of buffers.
///
/// For tests, simulation on virtual time and benchmarks: what one end transmits the other receives,
/// in order, at once. Both ends of a wire belong to one thread. When they share a pool a frame
/// changes hands without a copy, otherwise it is copied once.
@NullMarked
package io.vireo.drivers.memory;

import org.jspecify.annotations.NullMarked;
