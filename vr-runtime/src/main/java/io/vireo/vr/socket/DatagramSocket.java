package io.vireo.vr.socket;

import io.vireo.drivers.linux.Errno;
import io.vireo.vr.wire.Ipv4Header;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// What UDP and ICMP echo sockets have in common: an address pair and a queue each way.
///
/// Any thread may call. Senders and receivers of one socket take turns by its two locks, which the
/// worker never takes.
public abstract sealed class DatagramSocket implements AutoCloseable
    permits UdpSocket, IcmpEchoSocket {
  private static final int QUEUE_BYTES = 1 << 18;
  private static final Runnable NOBODY = () -> {};

  final SocketLayer layer;
  private final long id;
  private volatile String owner = "vireo";
  private volatile long pid;
  final SocketMemory.Share memory;
  final DatagramQueue inbound;
  final DatagramQueue outbound;

  /// Whether the layer's list of senders has it.
  final AtomicBoolean listed = new AtomicBoolean();

  private final Object sendLock = new Object();
  private final Object receiveLock = new Object();
  volatile Endpoint local = Endpoint.ANY;
  volatile @Nullable Endpoint peer;
  volatile @Nullable Errno pendingError;
  volatile Runnable listener = NOBODY;
  volatile int ttl = Ipv4Header.DEFAULT_TTL;
  volatile boolean closed;
  volatile long received;
  volatile long sent;
  volatile long lost;

  DatagramSocket(SocketLayer layer, long id, SocketMemory.Share memory) {
    this.layer = layer;
    this.id = id;
    this.memory = memory;
    this.inbound = new DatagramQueue(QUEUE_BYTES, memory);
    this.outbound = new DatagramQueue(QUEUE_BYTES, memory);
  }

  /// Its number in this router.
  public final long id() {
    return id;
  }

  /// The host's user it was opened for, or the router's own service.
  public final String owner() {
    return owner;
  }

  /// The host's process it was opened for; 0: this one.
  public final long pid() {
    return pid;
  }

  /// Says for whom it was opened: a user and a process of the host, or a service of the router's
  /// own and 0.
  public final void setOwner(String user, long process) {
    owner = user;
    pid = process;
  }

  /// Payload that waits to be received.
  public final long receiveQueueBytes() {
    return inbound.payloadBytes();
  }

  public final Endpoint localEndpoint() {
    return local;
  }

  /// Whom [#connect] chose, or null.
  public final @Nullable Endpoint peerEndpoint() {
    return peer;
  }

  /// Called on the worker after something happened to receive: a datagram or an error. It returns
  /// at once and does not call the socket.
  public final void setListener(Runnable onReadable) {
    listener = onReadable;
  }

  /// The TTL of what is sent from now on.
  public final void setTtl(int wanted) {
    if (wanted < 1 || wanted > 255) {
      throw new IllegalArgumentException("TTL " + wanted + " is not 1..255");
    }
    ttl = wanted;
  }

  /// Fixes the peer: only its datagrams and errors are received, [#send] needs no address.
  public final void connect(Endpoint to) throws SocketException {
    layer.connect(this, to);
  }

  /// Queues a datagram to the peer.
  public final void send(ByteBuffer payload) throws SocketException {
    Endpoint to = peer;
    if (to == null) {
      throw new SocketException(Errno.EDESTADDRREQ, "send without an address");
    }
    send(payload, to);
  }

  /// Queues a datagram; it leaves in the worker's next turn.
  ///
  /// @throws SocketException EAGAIN when the queue is full, ENOBUFS when the memory of all sockets
  ///   or of the user's is used up, EMSGSIZE, or an error ICMP told us of
  public final void send(ByteBuffer payload, Endpoint to) throws SocketException {
    throwPending();
    requireOpen();
    if (payload.remaining() > maxPayloadBytes()) {
      throw new SocketException(
          Errno.EMSGSIZE,
          payload.remaining() + " bytes to " + to + ", at most " + maxPayloadBytes() + " fit");
    }
    layer.ensureBound(this);
    DatagramQueue.Put put;
    synchronized (sendLock) {
      MemorySegment bytes = MemorySegment.ofBuffer(payload);
      put =
          outbound.put(
              bytes,
              0,
              payload.remaining(),
              local.address(),
              local.port(),
              to.address(),
              to.port(),
              ttl);
    }
    if (put == DatagramQueue.Put.NO_MEMORY) {
      throw new SocketException(Errno.ENOBUFS, "send from " + local);
    }
    if (put == DatagramQueue.Put.FULL) {
      throw new SocketException(Errno.EAGAIN, "send queue of " + local + " is full");
    }
    payload.position(payload.limit());
    layer.wantsToSend(this);
  }

  /// The oldest datagram, or null when there is none.
  ///
  /// @throws SocketException an error that ICMP told us of, once
  public final @Nullable Datagram receive() throws SocketException {
    throwPending();
    synchronized (receiveLock) {
      Datagram taken = inbound.take();
      if (taken == null) {
        requireOpen();
      }
      return taken;
    }
  }

  public final boolean hasPending() {
    return pendingError != null || !inbound.isEmpty();
  }

  /// SO_ERROR: the pending error, which is forgotten.
  public final @Nullable Errno takeError() {
    Errno pending = pendingError;
    pendingError = null;
    return pending;
  }

  public final SocketStatistics statistics() {
    return new SocketStatistics(received, sent, lost);
  }

  @Override
  public final void close() {
    layer.close(this);
  }

  abstract int maxPayloadBytes();

  private void throwPending() throws SocketException {
    Errno pending = takeError();
    if (pending != null) {
      throw new SocketException(pending, "socket " + local);
    }
  }

  private void requireOpen() throws SocketException {
    if (closed) {
      throw new SocketException(Errno.EBADF, "socket " + local + " is closed");
    }
  }
}
