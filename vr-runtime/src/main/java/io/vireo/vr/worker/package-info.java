/// The event loop: one thread that owns everything of the data plane, and the ring by which other
/// threads ask it for things.
///
/// The loop polls ports while they bring packets and sleeps in `poll(2)` on all their descriptors
/// and an eventfd when they do not. Commands are bounded per turn, so that control never starves
/// forwarding.
@NullMarked
package io.vireo.vr.worker;

import org.jspecify.annotations.NullMarked;
