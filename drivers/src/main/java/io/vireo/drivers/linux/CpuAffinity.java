package io.vireo.drivers.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/// Which processors a thread runs on (sched_setaffinity(2)).
public final class CpuAffinity {
  /// As many as the kernel's `cpu_set_t` has bits.
  public static final int MAX_CPUS = 1_024;

  private static final int BYTES = MAX_CPUS / Byte.SIZE;

  /// Where the process may run, as it was before any thread of it was confined.
  private static final byte[] BEFORE = current();

  private CpuAffinity() {}

  private static byte[] current() {
    byte[] mask = new byte[BYTES];
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment asked = arena.allocate(BYTES, Long.BYTES);
      if (Libc.sched_getaffinity(0, BYTES, asked.address()) < 0) {
        Arrays.fill(mask, (byte) 0xff);
      } else {
        MemorySegment.copy(asked, ValueLayout.JAVA_BYTE, 0, mask, 0, BYTES);
      }
    }
    return mask;
  }

  /// From now on the calling thread runs on that processor alone; below 0: where those of the
  /// process may.
  ///
  /// @throws LinuxException when there is no such processor for this process
  public static void pinOrNot(int cpu) throws LinuxException {
    if (cpu >= MAX_CPUS) {
      throw new LinuxException("processor " + cpu, Errno.EINVAL);
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment mask = arena.allocate(BYTES, Long.BYTES);
      if (cpu < 0) {
        MemorySegment.copy(BEFORE, 0, mask, ValueLayout.JAVA_BYTE, 0, BYTES);
      } else {
        mask.set(ValueLayout.JAVA_BYTE, cpu / Byte.SIZE, (byte) (1 << cpu % Byte.SIZE));
      }
      Libc.check(
          Libc.sched_setaffinity(0, BYTES, mask.address()),
          cpu < 0 ? "run on any processor" : "run on processor " + cpu);
    }
  }

  /// Whether threads of this process could run on that processor.
  public static boolean exists(int cpu) {
    return cpu >= 0 && cpu < MAX_CPUS && (BEFORE[cpu / Byte.SIZE] >> cpu % Byte.SIZE & 1) != 0;
  }
}
