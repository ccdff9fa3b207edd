package io.vireo.vr.forward;

import org.jspecify.annotations.Nullable;

/// Where a thread's frames go out, and what it counts.
public interface FastTarget extends FrameTarget {
  /// This thread's counters for an interface; null: its frames are not this thread's.
  @Nullable InterfaceCounters counters(int interfaceIndex);
}
