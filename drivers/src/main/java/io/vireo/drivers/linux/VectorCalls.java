package io.vireo.drivers.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/// The calls made once per vector or per idle turn, through `java.lang.foreign`: about 10 ns of
/// overhead and nothing allocated. One instance belongs to one thread (it holds that thread's
/// errno). Results are those of C; negative ones are `-errno`.
public final class VectorCalls {
  private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
  private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CAPTURE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      CAPTURE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final MethodHandle POLL =
      handle("poll", FunctionDescriptor.of(INT, LONG, LONG, INT));
  private static final MethodHandle SENDTO =
      handle("sendto", FunctionDescriptor.of(LONG, INT, LONG, LONG, INT, LONG, INT));
  private static final MethodHandle RECV =
      handle("recv", FunctionDescriptor.of(LONG, INT, LONG, LONG, INT));
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;

  private final MemorySegment capture = Arena.ofAuto().allocate(CAPTURE);

  private static MethodHandle handle(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().find(name).orElseThrow(() -> new UnsatisfiedLinkError(name)),
        descriptor,
        Linker.Option.captureCallState("errno"));
  }

  /// `poll(2)` on an array of `struct pollfd`.
  int poll(long fds, long count, int timeoutMs) {
    try {
      int ready = (int) POLL.invokeExact(capture, fds, count, timeoutMs);
      return ready < 0 ? -errno() : ready;
    } catch (Throwable impossible) {
      throw unreachable(impossible);
    }
  }

  /// Asks a packet socket to send what its transmit ring holds, without waiting.
  public long kick(int fd) {
    try {
      int flags = MSG_DONTWAIT | MSG_NOSIGNAL;
      long sent = (long) SENDTO.invokeExact(capture, fd, 0L, 0L, flags, 0L, 0);
      return sent < 0 ? -errno() : sent;
    } catch (Throwable impossible) {
      throw unreachable(impossible);
    }
  }

  /// Takes one packet that waits in the socket's own queue, without waiting.
  ///
  /// @return its length, or `-errno`
  public long receive(int fd, MemorySegment into) {
    try {
      long got =
          (long) RECV.invokeExact(capture, fd, into.address(), into.byteSize(), MSG_DONTWAIT);
      return got < 0 ? -errno() : got;
    } catch (Throwable impossible) {
      throw unreachable(impossible);
    }
  }

  private int errno() {
    return (int) ERRNO.get(capture, 0L);
  }

  /// Down-calls of C functions throw nothing of their own.
  private static AssertionError unreachable(Throwable thrown) {
    return new AssertionError("a C function threw", thrown);
  }
}
