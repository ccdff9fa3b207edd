/// When processes are started, restarted and given up.
///
/// *Purpose.* Decisions about life and death as values and small state machines without threads,
/// clocks or processes, so that each can be tested with explicit time.
///
/// *Owner thread.* That of whoever uses them: the guard's loop for the manager, the manager's loop
/// for virtual routers.
@NullMarked
package io.vireo.manager.life;

import org.jspecify.annotations.NullMarked;
