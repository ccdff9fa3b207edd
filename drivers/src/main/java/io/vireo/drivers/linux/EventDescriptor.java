package io.vireo.drivers.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// An eventfd(2): wakes a thread that sleeps in `poll`. Any thread may signal, one thread drains.
public final class EventDescriptor implements AutoCloseable {
  private static final int EFD_CLOEXEC = 0x80000;
  private static final int EFD_NONBLOCK = 0x800;

  private final Arena arena = Arena.ofShared();
  private final MemorySegment one = arena.allocateFrom(ValueLayout.JAVA_LONG, 1);
  private final MemorySegment drained = arena.allocate(ValueLayout.JAVA_LONG);
  private final int fd;
  private boolean open = true;

  private EventDescriptor(int fd) {
    this.fd = fd;
  }

  public static EventDescriptor open() throws LinuxException {
    return new EventDescriptor(Libc.check(Libc.eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK), "eventfd"));
  }

  /// Takes over an eventfd that came from elsewhere, and makes it non-blocking.
  public static EventDescriptor adopt(int fd) throws LinuxException {
    Descriptors.setNonBlocking(fd, true);
    return new EventDescriptor(fd);
  }

  public int fd() {
    return fd;
  }

  /// Makes the descriptor readable. A full counter (EAGAIN) is readable already.
  public synchronized void signal() {
    if (open) {
      Libc.write(fd, one.address(), Long.BYTES);
    }
  }

  /// Takes the signals sent so far.
  public void drain() {
    Libc.read(fd, drained.address(), Long.BYTES);
  }

  @Override
  public synchronized void close() {
    if (open) {
      open = false;
      Libc.close(fd);
      arena.close();
    }
  }
}
