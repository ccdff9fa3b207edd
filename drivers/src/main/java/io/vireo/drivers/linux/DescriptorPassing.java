package io.vireo.drivers.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// Bytes together with descriptors over an AF_UNIX socket (SCM_RIGHTS, `unix(7)`).
///
/// Received descriptors are close-on-exec. A message with more descriptors than the caller allows
/// loses them all (they are closed) and fails with EPROTO: nobody can fill our descriptor table.
public final class DescriptorPassing {
  /// SCM_MAX_FD of the kernel.
  public static final int MAX_DESCRIPTORS = 253;

  private static final int SOL_SOCKET = 1;
  private static final int SCM_RIGHTS = 1;
  private static final int MSG_CTRUNC = 0x8;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int MSG_CMSG_CLOEXEC = 0x4000_0000;

  // struct msghdr
  private static final int MSGHDR_BYTES = 56;
  private static final int MSG_IOV = 16;
  private static final int MSG_IOVLEN = 24;
  private static final int MSG_CONTROL = 32;
  private static final int MSG_CONTROLLEN = 40;
  private static final int MSG_FLAGS = 48;
  // struct iovec
  private static final int IOVEC_BYTES = 16;
  private static final int IOV_LEN = 8;
  // struct cmsghdr
  private static final int CMSG_HEADER_BYTES = 16;
  private static final int CMSG_LEVEL = 8;
  private static final int CMSG_TYPE = 12;

  private DescriptorPassing() {}

  /// What one `recvmsg` brought: its length (-1 at end of stream) and descriptors now ours.
  @SuppressWarnings("ArrayRecordComponent")
  public record Received(int lengthBytes, int[] descriptors) {}

  /// Sends what `data` has remaining, as far as the kernel takes it, with `fds` attached to its
  /// first byte.
  ///
  /// @return the bytes taken; `data` is advanced by as much
  public static int send(int socketFd, ByteBuffer data, int... fds) throws LinuxException {
    if (fds.length > MAX_DESCRIPTORS) {
      throw new IllegalArgumentException(
          fds.length + " descriptors in one message; at most " + MAX_DESCRIPTORS + " are allowed");
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(Math.max(1, data.remaining()));
      MemorySegment.copy(MemorySegment.ofBuffer(data), 0, bytes, 0, data.remaining());
      MemorySegment message = message(arena, bytes, data.remaining(), fds.length);
      if (fds.length > 0) {
        long control = message.get(ValueLayout.JAVA_LONG, MSG_CONTROL);
        MemorySegment header =
            MemorySegment.ofAddress(control).reinterpret(controlBytes(fds.length));
        header.set(ValueLayout.JAVA_LONG, 0, CMSG_HEADER_BYTES + 4L * fds.length);
        header.set(ValueLayout.JAVA_INT, CMSG_LEVEL, SOL_SOCKET);
        header.set(ValueLayout.JAVA_INT, CMSG_TYPE, SCM_RIGHTS);
        MemorySegment.copy(fds, 0, header, ValueLayout.JAVA_INT, CMSG_HEADER_BYTES, fds.length);
      }
      long sent;
      do {
        sent = Libc.sendmsg(socketFd, message.address(), MSG_NOSIGNAL);
      } while (sent < 0 && Errno.of(Libc.errno()) == Errno.EINTR);
      if (sent < 0) {
        throw Libc.failure("sendmsg on descriptor " + socketFd);
      }
      data.position(data.position() + (int) sent);
      return (int) sent;
    }
  }

  /// Receives into `data` and takes over at most `maxDescriptors` descriptors.
  public static Received receive(int socketFd, ByteBuffer data, int maxDescriptors)
      throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      int room = data.remaining();
      MemorySegment bytes = arena.allocate(Math.max(1, room));
      MemorySegment message = message(arena, bytes, room, MAX_DESCRIPTORS);
      long length;
      do {
        length = Libc.recvmsg(socketFd, message.address(), MSG_CMSG_CLOEXEC);
      } while (length < 0 && Errno.of(Libc.errno()) == Errno.EINTR);
      if (length < 0) {
        throw Libc.failure("recvmsg on descriptor " + socketFd);
      }
      int[] fds = descriptors(message);
      boolean truncated = (message.get(ValueLayout.JAVA_INT, MSG_FLAGS) & MSG_CTRUNC) != 0;
      if (fds.length > maxDescriptors || truncated) {
        Arrays.stream(fds).forEach(Descriptors::close);
        throw new LinuxException(
            "peer sent " + fds.length + " descriptors, expected at most " + maxDescriptors,
            Errno.EPROTO);
      }
      data.put(bytes.asSlice(0, length).asByteBuffer());
      return new Received(length == 0 && room > 0 ? -1 : (int) length, fds);
    }
  }

  private static MemorySegment message(
      Arena arena, MemorySegment bytes, int lengthBytes, int descriptors) {
    MemorySegment iovec = arena.allocate(IOVEC_BYTES, Long.BYTES);
    iovec.set(ValueLayout.JAVA_LONG, 0, bytes.address());
    iovec.set(ValueLayout.JAVA_LONG, IOV_LEN, lengthBytes);
    MemorySegment message = arena.allocate(MSGHDR_BYTES, Long.BYTES);
    message.set(ValueLayout.JAVA_LONG, MSG_IOV, iovec.address());
    message.set(ValueLayout.JAVA_LONG, MSG_IOVLEN, 1);
    if (descriptors > 0) {
      MemorySegment control = arena.allocate(controlBytes(descriptors), Long.BYTES);
      message.set(ValueLayout.JAVA_LONG, MSG_CONTROL, control.address());
      message.set(ValueLayout.JAVA_LONG, MSG_CONTROLLEN, control.byteSize());
    }
    return message;
  }

  private static int[] descriptors(MemorySegment message) {
    long available = message.get(ValueLayout.JAVA_LONG, MSG_CONTROLLEN);
    MemorySegment control =
        MemorySegment.ofAddress(message.get(ValueLayout.JAVA_LONG, MSG_CONTROL))
            .reinterpret(available);
    int[] found = {};
    long at = 0;
    while (at + CMSG_HEADER_BYTES <= available) {
      long length = control.get(ValueLayout.JAVA_LONG, at);
      if (length < CMSG_HEADER_BYTES) {
        break;
      }
      if (control.get(ValueLayout.JAVA_INT, at + CMSG_LEVEL) == SOL_SOCKET
          && control.get(ValueLayout.JAVA_INT, at + CMSG_TYPE) == SCM_RIGHTS) {
        int count = (int) (length - CMSG_HEADER_BYTES) / Integer.BYTES;
        int first = found.length;
        found = Arrays.copyOf(found, first + count);
        MemorySegment.copy(
            control, ValueLayout.JAVA_INT, at + CMSG_HEADER_BYTES, found, first, count);
      }
      at += align(length);
    }
    return found;
  }

  /// CMSG_SPACE of `count` descriptors.
  private static long controlBytes(int count) {
    return CMSG_HEADER_BYTES + align(4L * count);
  }

  private static long align(long length) {
    return (length + 7) & ~7L;
  }
}
