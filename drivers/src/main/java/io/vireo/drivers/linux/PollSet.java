package io.vireo.drivers.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// The descriptors a worker sleeps on: an array of `struct pollfd`, owned by one thread.
///
/// ```text
///  struct pollfd: 0 fd (int), 4 events (short), 6 revents (short)
/// ```
public final class PollSet {
  public static final short POLLIN = 0x001;
  public static final short POLLERR = 0x008;
  public static final short POLLHUP = 0x010;

  private static final int ENTRY_BYTES = 8;
  private static final int EVENTS = 4;
  private static final int REVENTS = 6;

  private final VectorCalls calls = new VectorCalls();
  private MemorySegment entries = allocate(8);
  private int count;

  /// Forgets every descriptor.
  public void clear() {
    count = 0;
  }

  /// Waits for `fd` to become readable; errors and hang-ups are always reported.
  ///
  /// @return the position to ask [#events] with
  public int add(int fd) {
    if ((count + 1L) * ENTRY_BYTES > entries.byteSize()) {
      MemorySegment larger = allocate(count * 2);
      larger.copyFrom(entries);
      entries = larger;
    }
    long at = (long) count * ENTRY_BYTES;
    entries.set(ValueLayout.JAVA_INT, at, fd);
    entries.set(ValueLayout.JAVA_SHORT, at + EVENTS, POLLIN);
    entries.set(ValueLayout.JAVA_SHORT, at + REVENTS, (short) 0);
    return count++;
  }

  /// Sleeps until a descriptor is ready or the time is over.
  ///
  /// @param timeoutMs -1 for ever, 0 not at all
  /// @return how many descriptors are ready, or `-errno`
  public int await(int timeoutMs) {
    return calls.poll(entries.address(), count, timeoutMs);
  }

  /// What the last [#await] found at `position`: a mask of POLLIN, POLLERR, POLLHUP.
  public int events(int position) {
    return entries.get(ValueLayout.JAVA_SHORT, (long) position * ENTRY_BYTES + REVENTS);
  }

  private static MemorySegment allocate(int entries) {
    return Arena.ofAuto().allocate((long) entries * ENTRY_BYTES, Long.BYTES);
  }
}
