package io.vireo.vr.worker;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.PortStatistics;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.MemoryMapping;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/// Frames on their way from one worker to another: one puts them in, one takes them out. They are
/// copied, so that a buffer stays with the worker whose pool it is of.
///
/// ```text
///  0 tail (the putter's) | 128 head (the taker's) | 4096 slots: length (32) ... 64 frame
/// ```
final class FrameRing implements AutoCloseable {
  private static final int SLOTS = 1024;
  private static final int SLOT_BYTES = PacketPool.BUFFER_BYTES;
  private static final int FRAME = 64;
  private static final long TAIL = 0;
  private static final long HEAD = 128;
  private static final long FIRST_SLOT = 4096;

  private static final VarHandle COUNT = ValueLayout.JAVA_LONG.varHandle();

  private final MemoryMapping mapping;
  private final MemorySegment memory;

  FrameRing() throws LinuxException {
    mapping = MemoryMapping.anonymous(FIRST_SLOT + (long) SLOTS * SLOT_BYTES);
    memory = mapping.segment();
  }

  private static long slot(long count) {
    return FIRST_SLOT + (count & SLOTS - 1) * SLOT_BYTES;
  }

  /// Copies frames in and frees them; those for which there is no room are lost.
  ///
  /// @return how many were lost
  int put(PacketVector frames, PacketPool pool) {
    long tail = (long) COUNT.get(memory, TAIL);
    long room = SLOTS - (tail - (long) COUNT.getAcquire(memory, HEAD));
    int count = (int) Math.min(room, frames.size());
    for (int i = 0; i < count; i++) {
      long slot = slot(tail + i);
      memory.set(ValueLayout.JAVA_INT, slot, frames.length(i));
      MemorySegment.copy(pool.memory(), frames.offset(i), memory, slot + FRAME, frames.length(i));
    }
    // With the fence that who sleeps needs: it says so first and then looks here.
    COUNT.setVolatile(memory, TAIL, tail + count);
    int lost = frames.size() - count;
    pool.freeAll(frames);
    return lost;
  }

  boolean isEmpty() {
    return (long) COUNT.getVolatile(memory, TAIL) == (long) COUNT.get(memory, HEAD);
  }

  /// Takes as many frames as there is room for in the vector.
  ///
  /// @param statistics counts frames for which the pool has no buffer
  /// @return how many came
  int take(PacketVector into, PacketPool pool, int receivingInterface, PortStatistics statistics) {
    long head = (long) COUNT.get(memory, HEAD);
    long ready = (long) COUNT.getAcquire(memory, TAIL) - head;
    int count = (int) Math.min(ready, into.remaining());
    int taken = 0;
    for (int i = 0; i < count; i++) {
      long slot = slot(head + i);
      int length = memory.get(ValueLayout.JAVA_INT, slot);
      long frame = pool.allocate(length);
      if (frame < 0) {
        statistics.receiveDrops++;
        continue;
      }
      MemorySegment.copy(memory, slot + FRAME, pool.memory(), frame, length);
      into.add(frame, length, receivingInterface);
      taken++;
    }
    COUNT.setRelease(memory, HEAD, head + count);
    return taken;
  }

  @Override
  public void close() {
    mapping.close();
  }
}
