package io.vireo.drivers.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Who is at the other end of an AF_UNIX socket, vouched for by the kernel (SO_PEERCRED,
/// `unix(7)`): the identity at the time of `connect` or `listen`.
public record PeerCredentials(int pid, int uid, int gid) {
  private static final int SOL_SOCKET = 1;
  private static final int SO_PEERCRED = 17;
  private static final int UCRED_BYTES = 12;

  /// The peer of the connected socket `fd`.
  public static PeerCredentials of(int fd) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ucred = arena.allocate(UCRED_BYTES, Integer.BYTES);
      Descriptors.getSocketOption(fd, SOL_SOCKET, SO_PEERCRED, ucred);
      return new PeerCredentials(
          ucred.get(ValueLayout.JAVA_INT, 0),
          ucred.get(ValueLayout.JAVA_INT, 4),
          ucred.get(ValueLayout.JAVA_INT, 8));
    }
  }
}
