package io.vireo.drivers.linux;

/// Memory that processes share by a descriptor: `memfd_create(2)` with seals, which keep a peer
/// from taking the memory away under us.
public final class SharedMemory {
  private static final int MFD_CLOEXEC = 0x1;
  private static final int MFD_ALLOW_SEALING = 0x2;
  private static final int F_ADD_SEALS = 1033;
  private static final int F_GET_SEALS = 1034;
  private static final int F_SEAL_SHRINK = 0x2;
  private static final int SEEK_END = 2;

  private SharedMemory() {}

  /// A descriptor of new zeroed memory, sealed against shrinking; the caller's to close.
  public static int create(String name, long lengthBytes) throws LinuxException {
    int fd = Libc.check(Libc.memfd_create(name, MFD_CLOEXEC | MFD_ALLOW_SEALING), "memfd_create");
    try {
      Libc.check(Libc.ftruncate(fd, lengthBytes), "ftruncate to " + lengthBytes);
      Libc.check(Libc.fcntl(fd, F_ADD_SEALS, F_SEAL_SHRINK), "fcntl F_ADD_SEALS");
      return fd;
    } catch (LinuxException failed) {
      Libc.close(fd);
      throw failed;
    }
  }

  /// Whether nobody can shrink the memory behind a descriptor; false for what is no memfd.
  public static boolean cannotShrink(int fd) {
    int seals = Libc.fcntl(fd, F_GET_SEALS, 0);
    return seals >= 0 && (seals & F_SEAL_SHRINK) != 0;
  }

  /// How long the memory is.
  public static long lengthBytes(int fd) throws LinuxException {
    long length = Libc.lseek(fd, 0, SEEK_END);
    if (length < 0) {
      throw Libc.failure("lseek on " + fd);
    }
    return length;
  }
}
