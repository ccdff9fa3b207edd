package io.vireo.drivers.memif;

import io.vireo.drivers.Port;
import io.vireo.drivers.linux.DescriptorPassing;
import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.Errno;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.UnixSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The control socket of one port, on a thread of its own: connects or waits, agrees on the rings,
/// hands the link to the port, waits for its end, and begins again. One that was given its
/// conversation has that alone.
final class MemifControl implements AutoCloseable {
  private static final String NAME = "vireo";
  private static final int HANDSHAKE_MS = 5_000;
  private static final int RETRY_MS = 500;

  // A server takes the next client at once, but does not let a mad one take all its time.
  private static final int NEXT_CLIENT_MS = 20;
  private static final int BACKLOG = 4;

  private final MemifConfig config;
  private final Listener listener;
  private final Thread thread;
  private final Object lock = new Object();
  private final @Nullable Path path;
  private @Nullable Object made;
  private @Nullable UnixSocket waiting;
  private @Nullable UnixSocket given;
  private @Nullable UnixSocket connected;
  private boolean closed;
  private @Nullable String reason;

  /// Hears of connections, on the control's thread.
  interface Listener {
    void onConnection(MemifConnection connection);

    /// It is over: its memory is to be given back by whoever uses it.
    void onEnd(MemifConnection connection);

    /// Whose rings those of that number are.
    Port queue(int number);
  }

  /// @param given the conversation with the other end, where the configuration has no socket
  MemifControl(MemifConfig config, @Nullable UnixSocket given, Listener listener)
      throws IOException {
    this.config = config;
    this.listener = listener;
    this.given = given;
    this.path = config.socket();
    if (path != null && config.role() == MemifConfig.Role.SERVER) {
      removeLeftover(path);
      this.waiting = UnixSocket.listen(path, UnixSocket.Type.SEQPACKET, BACKLOG);
      this.made = keyOf(path);
    }
    this.thread = new Thread(this::loop, "memif-" + config.name());
    this.thread.setDaemon(true);
  }

  /// Which file it is; null: there is none.
  private static @Nullable Object keyOf(Path path) throws IOException {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        ? Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey()
        : null;
  }

  /// A socket that one that was killed left; a file of another kind is somebody's.
  private static void removeLeftover(Path socket) throws IOException {
    if (Files.exists(socket, LinkOption.NOFOLLOW_LINKS)
        && Files.readAttributes(socket, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
            .isOther()) {
      Files.delete(socket);
    }
  }

  void start() {
    thread.start();
  }

  /// Why there is no link, or null.
  @Nullable String reason() {
    synchronized (lock) {
      return reason;
    }
  }

  /// Ends the connection at hand: the peer broke the rules.
  void drop(String why) {
    synchronized (lock) {
      reason = why;
      if (connected != null) {
        connected.close();
      }
    }
  }

  private void loop() {
    while (!isClosed()) {
      try {
        UnixSocket socket = next();
        if (socket == null) {
          return;
        }
        try {
          converse(socket);
        } finally {
          forget();
        }
      } catch (IOException | MemifMessage.Malformed failed) {
        note(failed.getMessage());
        pause();
      }
    }
  }

  // Null: there will be none any more.
  private @Nullable UnixSocket next() throws LinuxException {
    UnixSocket server;
    UnixSocket socket;
    synchronized (lock) {
      server = waiting;
      socket = given;
      given = null;
    }
    if (server != null) {
      socket = server.accept();
    } else if (path != null) {
      socket = UnixSocket.connect(path, UnixSocket.Type.SEQPACKET);
    }
    if (socket == null) {
      return null;
    }
    synchronized (lock) {
      connected = socket;
      if (closed) {
        socket.close();
      }
    }
    return socket;
  }

  private void converse(UnixSocket socket) throws IOException, MemifMessage.Malformed {
    socket.setTimeoutMs(path == null ? 0 : HANDSHAKE_MS); // one that was given takes its time
    MemifConnection connection =
        config.role() == MemifConfig.Role.SERVER ? serve(socket) : join(socket);
    listener.onConnection(connection);
    note(null);
    try {
      socket.setTimeoutMs(0);
      while (true) {
        MemifMessage message = receive(socket, null);
        if (message instanceof MemifMessage.Disconnect end) {
          note("the peer disconnected: " + end.reason());
          return;
        }
      }
    } catch (LinuxException gone) {
      synchronized (lock) {
        reason = reason == null ? "the peer is gone" : reason;
      }
    } finally {
      listener.onEnd(connection);
    }
  }

  /// The server's part: the client says what there is.
  private MemifConnection serve(UnixSocket socket) throws IOException, MemifMessage.Malformed {
    send(
        socket,
        new MemifMessage.Hello(
            MemifMessage.VERSION,
            MemifMessage.VERSION,
            MemifRegions.MAX_REGIONS - 1,
            config.queues() - 1,
            config.queues() - 1,
            config.log2RingSize()));
    ArrayDeque<Integer> descriptors = new ArrayDeque<>();
    MemifOffer offer = new MemifOffer(config);
    try {
      while (true) {
        MemifMessage message = receive(socket, descriptors);
        if (message instanceof MemifMessage.Connect) {
          MemifConnection connection = offer.connection(listener);
          send(socket, new MemifMessage.Connected(config.name()));
          return connection;
        }
        offer.take(message, descriptors);
        send(socket, new MemifMessage.Ack());
      }
    } catch (MemifMessage.Malformed refused) {
      offer.close();
      refuse(socket, refused.getMessage());
      throw refused;
    } catch (IOException | RuntimeException failed) {
      offer.close();
      throw failed;
    } finally {
      descriptors.forEach(Descriptors::close);
    }
  }

  /// The client's part: its memory and the rings in it.
  private MemifConnection join(UnixSocket socket) throws IOException, MemifMessage.Malformed {
    if (!(receive(socket, null) instanceof MemifMessage.Hello hello)) {
      throw new MemifMessage.Malformed("the server did not say hello");
    }
    if (hello.minVersion() > MemifMessage.VERSION || hello.maxVersion() < MemifMessage.VERSION) {
      throw new MemifMessage.Malformed("the server speaks other versions of memif");
    }
    int queues = Math.min(hello.maxToServer(), hello.maxToClient()) + 1;
    if (queues < config.queues()) {
      throw new MemifMessage.Malformed(
          "the server takes " + queues + " queues, this port has " + config.queues());
    }
    int log2Size = Math.min(config.log2RingSize(), hello.maxLog2());
    try (MemifMemory memory = MemifMemory.create(config, log2Size)) {
      String secret = config.secret();
      int mode = MemifMessage.MODE_ETHERNET;
      tell(socket, new MemifMessage.Init(MemifMessage.VERSION, config.id(), mode, secret));
      tell(socket, new MemifMessage.AddRegion(0, memory.sizeBytes()), memory.descriptor());
      for (boolean toServer : new boolean[] {true, false}) {
        for (int queue = 0; queue < config.queues(); queue++) {
          tell(socket, memory.ring(queue, toServer), memory.signal(queue, toServer).fd());
        }
      }
      send(socket, new MemifMessage.Connect(config.name()));
      MemifMessage answer = receive(socket, null);
      if (!(answer instanceof MemifMessage.Connected)) {
        throw refusal(answer);
      }
      return memory.connection(listener);
    }
  }

  private void tell(UnixSocket socket, MemifMessage message, int... descriptors)
      throws IOException, MemifMessage.Malformed {
    socket.write(message.emit(NAME), descriptors);
    MemifMessage answer = receive(socket, null);
    if (!(answer instanceof MemifMessage.Ack)) {
      throw refusal(answer);
    }
  }

  private static MemifMessage.Malformed refusal(MemifMessage answer) {
    return new MemifMessage.Malformed(
        answer instanceof MemifMessage.Disconnect end
            ? "the server refused: " + end.reason()
            : "the server answered " + answer.getClass().getSimpleName());
  }

  private static void send(UnixSocket socket, MemifMessage message) throws LinuxException {
    socket.write(message.emit(NAME));
  }

  private static void refuse(UnixSocket socket, @Nullable String why) {
    try {
      send(socket, new MemifMessage.Disconnect(why == null ? "refused" : why));
    } catch (LinuxException gone) {
      // it knows by the end of the connection
      return;
    }
  }

  /// @param descriptors where a descriptor that comes with the message goes; null: none may come
  private static MemifMessage receive(UnixSocket socket, @Nullable ArrayDeque<Integer> descriptors)
      throws LinuxException, MemifMessage.Malformed {
    ByteBuffer bytes = ByteBuffer.allocate(MemifMessage.BYTES + 1);
    DescriptorPassing.Received received = socket.receive(bytes, descriptors == null ? 0 : 1);
    for (int descriptor : received.descriptors()) {
      if (descriptors != null) {
        descriptors.add(descriptor);
      }
    }
    if (received.lengthBytes() < 0) {
      throw new LinuxException("the peer closed the connection", Errno.EPIPE);
    }
    return MemifMessage.parse(bytes.flip());
  }

  private void forget() {
    synchronized (lock) {
      if (connected != null) {
        connected.close();
        connected = null;
      }
    }
  }

  private boolean isClosed() {
    synchronized (lock) {
      return closed;
    }
  }

  private void note(@Nullable String why) {
    synchronized (lock) {
      reason = why;
    }
  }

  private void pause() {
    boolean server = config.role() == MemifConfig.Role.SERVER;
    long untilNs = System.nanoTime() + (server ? NEXT_CLIENT_MS : RETRY_MS) * 1_000_000L;
    synchronized (lock) {
      try {
        for (long leftNs; !closed && (leftNs = untilNs - System.nanoTime()) > 0; ) {
          lock.wait(leftNs / 1_000_000 + 1);
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        closed = true;
      }
    }
  }

  /// Ends all at once, but for what the thread is in the middle of: the listener hears of it.
  @Override
  public void close() throws IOException {
    synchronized (lock) {
      closed = true;
      if (connected != null) {
        connected.close();
      }
      if (given != null) {
        given.close();
      }
      if (waiting != null && path != null) {
        waiting.close();
        if (Objects.equals(made, keyOf(path))) { // not another port's that has its place
          Files.deleteIfExists(path);
        }
      }
      lock.notifyAll();
    }
  }
}
