package io.vireo.drivers.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;

/// JNA direct mapping of the C library's calls. Pointers are passed as `long` addresses.
///
/// Every native method returns what C returns; [#errno] right after a failure, on the same thread,
/// tells why. Callers inside this room turn failures into [LinuxException]s.
final class Libc {
  static {
    Native.register(Libc.class, NativeLibrary.getProcess());
  }

  private Libc() {}

  static native int socket(int domain, int type, int protocol);

  static native int socketpair(int domain, int type, int protocol, long fds);

  static native int bind(int fd, long address, int length);

  static native int listen(int fd, int backlog);

  static native int accept4(int fd, long address, long length, int flags);

  static native int connect(int fd, long address, int length);

  static native int shutdown(int fd, int how);

  static native int setsockopt(int fd, int level, int name, long value, int length);

  static native int getsockopt(int fd, int level, int name, long value, long length);

  static native int getsockname(int fd, long address, long length);

  static native long sendmsg(int fd, long message, int flags);

  static native long recvmsg(int fd, long message, int flags);

  static native long read(int fd, long buffer, long length);

  static native long write(int fd, long buffer, long length);

  static native int close(int fd);

  static native int ioctl(int fd, long request, long argument);

  static native int fcntl(int fd, int command, long argument);

  static native int eventfd(int initial, int flags);

  static native int memfd_create(String name, int flags);

  static native int ftruncate(int fd, long length);

  static native long lseek(int fd, long offset, int whence);

  static native int if_nametoindex(String name);

  static native long mmap(long address, long length, int protection, int flags, int fd, long at);

  static native int munmap(long address, long length);

  static native int madvise(long address, long length, int advice);

  static native int sched_setaffinity(int thread, long length, long mask);

  static native int sched_getaffinity(int thread, long length, long mask);

  static native int getuid();

  static native int getgid();

  /// The number the last failing call on this thread left behind.
  static int errno() {
    return Native.getLastError();
  }

  /// The failure of the call that just returned a negative value.
  static LinuxException failure(String what) {
    return new LinuxException(what, errno());
  }

  /// Passes a non-negative `result` on, turns a negative one into an exception.
  static int check(int result, String what) throws LinuxException {
    if (result < 0) {
      throw failure(what);
    }
    return result;
  }
}
