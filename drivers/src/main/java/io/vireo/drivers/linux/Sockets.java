package io.vireo.drivers.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Socket calls that drivers of any address family need; addresses are native structures.
public final class Sockets {
  private Sockets() {}

  public static int open(int domain, int type, int protocol) throws LinuxException {
    return Libc.check(
        Libc.socket(domain, type, protocol), "socket of family " + domain + " type " + type);
  }

  public static void bind(int fd, MemorySegment address, String what) throws LinuxException {
    Libc.check(
        Libc.bind(fd, address.address(), Math.toIntExact(address.byteSize())), "bind " + what);
  }

  /// Fills `address` with what the socket is bound to.
  public static void localAddress(int fd, MemorySegment address) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      int size = Math.toIntExact(address.byteSize());
      MemorySegment length = arena.allocateFrom(ValueLayout.JAVA_INT, size);
      Libc.check(Libc.getsockname(fd, address.address(), length.address()), "getsockname of " + fd);
    }
  }

  /// The kernel's index of an interface in this thread's network namespace.
  public static int interfaceIndex(String name) throws LinuxException {
    int index = Libc.if_nametoindex(name);
    if (index == 0) {
      throw Libc.failure("interface " + name);
    }
    return index;
  }

  /// The same `ioctl` as [#control] by addresses alone, for what is asked every second: nothing is
  /// made, and a failure is a result below 0.
  public static int tryControl(int fd, int request, long structure) {
    return Libc.ioctl(fd, request & 0xffffffffL, structure);
  }

  /// Reads a socket option likewise.
  ///
  /// @param length where the size of the value stands
  public static int tryOption(int fd, int level, int name, long value, long length) {
    return Libc.getsockopt(fd, level, name, value, length);
  }

  /// An `ioctl` that reads or fills a structure.
  public static void control(int fd, int request, MemorySegment structure, String what)
      throws LinuxException {
    Libc.check(Libc.ioctl(fd, request & 0xffffffffL, structure.address()), what);
  }
}
