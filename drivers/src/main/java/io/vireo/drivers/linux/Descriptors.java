package io.vireo.drivers.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// What can be done with any descriptor, and with the identity of this process.
public final class Descriptors {
  private static final int F_DUPFD_CLOEXEC = 1030;
  private static final int F_SETFD = 2;
  private static final int F_GETFL = 3;
  private static final int F_SETFL = 4;
  private static final int FD_CLOEXEC = 1;
  private static final int O_NONBLOCK = 0x800;

  private Descriptors() {}

  /// Closes `fd`. As on Linux a failing close has released the descriptor, nothing is reported.
  public static void close(int fd) {
    Libc.close(fd);
  }

  /// Another descriptor of the same file, close-on-exec.
  public static int duplicate(int fd) throws LinuxException {
    return Libc.check(Libc.fcntl(fd, F_DUPFD_CLOEXEC, 0), "fcntl F_DUPFD_CLOEXEC of " + fd);
  }

  /// Sets or clears close-on-exec: a descriptor meant for a child process must not have it.
  public static void setCloseOnExec(int fd, boolean on) throws LinuxException {
    Libc.check(Libc.fcntl(fd, F_SETFD, on ? FD_CLOEXEC : 0), "fcntl F_SETFD on " + fd);
  }

  public static void setNonBlocking(int fd, boolean on) throws LinuxException {
    int flags = Libc.check(Libc.fcntl(fd, F_GETFL, 0), "fcntl F_GETFL on " + fd);
    int wanted = on ? flags | O_NONBLOCK : flags & ~O_NONBLOCK;
    Libc.check(Libc.fcntl(fd, F_SETFL, wanted), "fcntl F_SETFL on " + fd);
  }

  /// A socket option whose value is a C `int`.
  public static void setSocketOption(int fd, int level, int name, int value) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment memory = arena.allocateFrom(ValueLayout.JAVA_INT, value);
      Libc.check(
          Libc.setsockopt(fd, level, name, memory.address(), Integer.BYTES),
          "setsockopt level " + level + " option " + name + " value " + value);
    }
  }

  /// A socket option whose value is a structure.
  public static void setSocketOption(int fd, int level, int name, MemorySegment value)
      throws LinuxException {
    Libc.check(
        Libc.setsockopt(fd, level, name, value.address(), Math.toIntExact(value.byteSize())),
        "setsockopt level " + level + " option " + name);
  }

  /// Reads a socket option into `value`; returns the length the kernel wrote.
  public static int getSocketOption(int fd, int level, int name, MemorySegment value)
      throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      int size = Math.toIntExact(value.byteSize());
      MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, size);
      Libc.check(
          Libc.getsockopt(fd, level, name, value.address(), length.address()),
          "getsockopt level " + level + " option " + name);
      return length.get(ValueLayout.JAVA_INT, 0);
    }
  }

  /// The user this process runs as.
  public static int currentUid() {
    return Libc.getuid();
  }

  /// The group this process runs as.
  public static int currentGid() {
    return Libc.getgid();
  }
}
