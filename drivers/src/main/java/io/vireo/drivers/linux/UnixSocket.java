package io.vireo.drivers.linux;

import java.io.Closeable;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A blocking AF_UNIX socket that can pass descriptors and name its peer, which the Java library's
/// cannot. One thread may read while another writes; any thread may [#close], which wakes both.
///
/// The descriptor is closed when the last call in flight has returned, so that its number is never
/// reused under a reader.
public final class UnixSocket implements Closeable {
  private static final int AF_UNIX = 1;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int SHUT_RDWR = 2;
  private static final int SOL_SOCKET = 1;
  private static final int SO_RCVTIMEO = 20;
  private static final int SO_SNDTIMEO = 21;
  private static final int PATH_BYTES = 108;

  /// The kinds of AF_UNIX socket.
  public enum Type {
    STREAM(1),
    DATAGRAM(2),
    SEQPACKET(5);

    private final int number;

    Type(int number) {
      this.number = number;
    }
  }

  private final int fd;
  private int callsInFlight;
  private boolean closed;

  private UnixSocket(int fd) {
    this.fd = fd;
  }

  /// Takes over a descriptor that is an AF_UNIX socket (inherited or passed).
  public static UnixSocket adopt(int fd) {
    return new UnixSocket(fd);
  }

  public static UnixSocket connect(Path path, Type type) throws LinuxException {
    int fd = create(type);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = address(arena, path);
      Libc.check(
          Libc.connect(fd, address.address(), (int) address.byteSize()), "connect to " + path);
      return new UnixSocket(fd);
    } catch (LinuxException | RuntimeException refused) {
      Libc.close(fd);
      throw refused;
    }
  }

  /// Binds to `path`, which must not exist, and listens. The file stays when the socket closes.
  public static UnixSocket listen(Path path, Type type, int backlog) throws LinuxException {
    int fd = create(type);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = address(arena, path);
      Libc.check(Libc.bind(fd, address.address(), (int) address.byteSize()), "bind to " + path);
      Libc.check(Libc.listen(fd, backlog), "listen on " + path);
      return new UnixSocket(fd);
    } catch (LinuxException | RuntimeException refused) {
      Libc.close(fd);
      throw refused;
    }
  }

  /// Two sockets connected to each other.
  public static UnixSocket[] pair(Type type) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment fds = arena.allocate(2L * Integer.BYTES, Integer.BYTES);
      Libc.check(
          Libc.socketpair(AF_UNIX, type.number | SOCK_CLOEXEC, 0, fds.address()), "socketpair");
      return new UnixSocket[] {
        new UnixSocket(fds.getAtIndex(ValueLayout.JAVA_INT, 0)),
        new UnixSocket(fds.getAtIndex(ValueLayout.JAVA_INT, 1))
      };
    }
  }

  private static int create(Type type) throws LinuxException {
    return Libc.check(Libc.socket(AF_UNIX, type.number | SOCK_CLOEXEC, 0), "socket AF_UNIX");
  }

  public int fd() {
    return fd;
  }

  /// The next connection to a listening socket. EBADF once the socket is closed.
  public UnixSocket accept() throws LinuxException {
    enter();
    try {
      int accepted;
      do {
        accepted = Libc.accept4(fd, 0, 0, SOCK_CLOEXEC);
      } while (accepted < 0 && Errno.of(Libc.errno()) == Errno.EINTR);
      return new UnixSocket(Libc.check(accepted, "accept"));
    } finally {
      leave();
    }
  }

  /// Reads at least one byte into `data`; descriptors that come with it are refused.
  ///
  /// @return the number of bytes, or -1 at the end of the stream
  public int read(ByteBuffer data) throws LinuxException {
    return receive(data, 0).lengthBytes();
  }

  /// Reads bytes and takes over at most `maxDescriptors` descriptors sent with them.
  public DescriptorPassing.Received receive(ByteBuffer data, int maxDescriptors)
      throws LinuxException {
    enter();
    try {
      return DescriptorPassing.receive(fd, data, maxDescriptors);
    } finally {
      leave();
    }
  }

  /// Writes all that `data` holds, with `descriptors` attached to its first byte.
  public void write(ByteBuffer data, int... descriptors) throws LinuxException {
    enter();
    try {
      DescriptorPassing.send(fd, data, descriptors);
      while (data.hasRemaining()) {
        DescriptorPassing.send(fd, data);
      }
    } finally {
      leave();
    }
  }

  /// Bounds every later read and write; when it runs out they fail with EAGAIN. 0 is no bound.
  public void setTimeoutMs(long timeoutMs) throws LinuxException {
    setTimeout(SO_RCVTIMEO, timeoutMs);
    setTimeout(SO_SNDTIMEO, timeoutMs);
  }

  /// Bounds every later write alone, as [#setTimeoutMs] does.
  public void setSendTimeoutMs(long timeoutMs) throws LinuxException {
    setTimeout(SO_SNDTIMEO, timeoutMs);
  }

  private void setTimeout(int option, long timeoutMs) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment timeval = arena.allocate(2L * Long.BYTES, Long.BYTES);
      timeval.set(ValueLayout.JAVA_LONG, 0, timeoutMs / 1000);
      timeval.set(ValueLayout.JAVA_LONG, Long.BYTES, timeoutMs % 1000 * 1000);
      Descriptors.setSocketOption(fd, SOL_SOCKET, option, timeval);
    }
  }

  public PeerCredentials peerCredentials() throws LinuxException {
    return PeerCredentials.of(fd);
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      if (callsInFlight > 0) {
        Libc.shutdown(fd, SHUT_RDWR); // the last call to leave closes
        return;
      }
    }
    Libc.close(fd);
  }

  private synchronized void enter() throws LinuxException {
    if (closed) {
      throw new LinuxException("use of a closed socket", Errno.EBADF);
    }
    callsInFlight++;
  }

  private void leave() {
    synchronized (this) {
      if (--callsInFlight > 0 || !closed) {
        return;
      }
    }
    Libc.close(fd);
  }

  /// `struct sockaddr_un`: family at 0, path from 2.
  private static MemorySegment address(Arena arena, Path path) {
    byte[] name = path.toString().getBytes(StandardCharsets.UTF_8);
    if (name.length >= PATH_BYTES) {
      throw new IllegalArgumentException(
          "socket path "
              + path
              + " has "
              + name.length
              + " bytes; at most "
              + (PATH_BYTES - 1)
              + " fit, choose a shorter directory");
    }
    MemorySegment address = arena.allocate(Short.BYTES + name.length + 1L, Short.BYTES);
    address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
    MemorySegment.copy(name, 0, address, ValueLayout.JAVA_BYTE, Short.BYTES, name.length);
    return address;
  }
}
