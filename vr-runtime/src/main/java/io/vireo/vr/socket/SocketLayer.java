package io.vireo.vr.socket;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.linux.Errno;
import io.vireo.vr.forward.DataPlane;
import io.vireo.vr.forward.DropReason;
import io.vireo.vr.forward.LocalDelivery;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.UdpHeader;
import io.vireo.vr.worker.Worker;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// Opens sockets, finds the one a packet is for, and sends what sockets queued.
///
/// Tables belong to the worker. Ports are found by array: 65536 lists, of which few exist.
public final class SocketLayer implements LocalDelivery, Worker.Source {
  /// RFC 6335 §6: the dynamic ports.
  private static final int EPHEMERAL_FIRST = 49152;

  private static final int EPHEMERAL_COUNT = 16384;
  private static final int SOCKETS_PER_TURN = 256;
  private static final int SENDS_PER_SOCKET = 64;
  private static final String ROUTER = "vireo";

  /// What a socket costs before it has queues: itself, its places in tables, its stream in rsock.
  private static final int SOCKET_BYTES = 1024;

  private static final int HEADROOM = Ipv4Header.MIN_BYTES + UdpHeader.BYTES;

  private final @Nullable List<UdpSocket>[] udpByPort = newPortTable();
  private final @Nullable IcmpEchoSocket[] echoById = new IcmpEchoSocket[0x10000];
  private final ConcurrentLinkedQueue<DatagramSocket> senders = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<DatagramSocket> closing = new ConcurrentLinkedQueue<>();
  private final SocketMemory memory = SocketMemory.ofHeap();
  private final Map<Long, DatagramSocket> open = new ConcurrentSkipListMap<>();
  private final AtomicLong nextId = new AtomicLong(1);
  private @Nullable DataPlane dataPlane;
  private @Nullable Worker worker;
  private int nextEchoId = 1;
  private int identification;
  private long nowNs;

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static @Nullable List<UdpSocket>[] newPortTable() {
    return (List<UdpSocket>[]) new List[0x10000];
  }

  /// Ties the layer to the data plane it delivers for and the worker that runs both; without a
  /// worker (in simulations) every call runs on the caller's thread.
  public void attach(DataPlane plane, @Nullable Worker owner) {
    dataPlane = plane;
    worker = owner;
  }

  /// Opens a socket of the router's own.
  public UdpSocket openUdp() {
    return openUdp(memory.shareOf(ROUTER));
  }

  /// Opens a socket for a process of a host's user, who pays for its memory.
  ///
  /// @throws SocketException ENOBUFS when the memory of all sockets or of the user's is used up
  public UdpSocket openUdp(String user, long pid) throws SocketException {
    SocketMemory.Share share = memory.shareOf(user);
    if (!share.take(SOCKET_BYTES)) {
      throw new SocketException(Errno.ENOBUFS, "open a socket for " + user);
    }
    UdpSocket opened = openUdp(share);
    opened.setOwner(user, pid);
    return opened;
  }

  private UdpSocket openUdp(SocketMemory.Share share) {
    UdpSocket opened = new UdpSocket(this, nextId.getAndIncrement(), share);
    open.put(opened.id(), opened);
    return opened;
  }

  public IcmpEchoSocket openEcho() {
    IcmpEchoSocket opened =
        new IcmpEchoSocket(this, nextId.getAndIncrement(), memory.shareOf(ROUTER));
    open.put(opened.id(), opened);
    return opened;
  }

  /// The open sockets, bound or not, by their numbers. Any thread may ask.
  public List<DatagramSocket> openSockets() {
    return List.copyOf(open.values());
  }

  void bind(UdpSocket socket, Endpoint wanted) throws SocketException {
    onWorker(() -> {
      forgetClosed(); // whose ports are free again
      requireOpen(socket);
      if (socket.local.port() != 0) {
        throw new SocketException(Errno.EINVAL, "bind to " + wanted + ": is bound already");
      }
      if (wanted.address() != 0 && plane().sourceFor(wanted.address()) != wanted.address()) {
        throw new SocketException(Errno.EADDRNOTAVAIL, "bind to " + wanted);
      }
      int port = wanted.port() == 0 ? ephemeral(wanted.address()) : wanted.port();
      if (conflicts(wanted.address(), port)) {
        throw new SocketException(Errno.EADDRINUSE, "bind to " + wanted);
      }
      List<UdpSocket> bound = udpByPort[port];
      if (bound == null) {
        bound = new ArrayList<>(1);
        udpByPort[port] = bound;
      }
      bound.add(socket);
      socket.local = new Endpoint(wanted.address(), port);
      return null;
    });
  }

  void bindSource(IcmpEchoSocket socket, int address) throws SocketException {
    onWorker(() -> {
      if (plane().sourceFor(address) != address) {
        throw new SocketException(Errno.EADDRNOTAVAIL, "send from " + Ipv4Address.format(address));
      }
      socket.local = new Endpoint(address, socket.local.port());
      return null;
    });
  }

  void connect(DatagramSocket socket, Endpoint to) throws SocketException {
    onWorker(() -> {
      int source = plane().sourceFor(to.address());
      if (source == 0) {
        throw new SocketException(Errno.ENETUNREACH, "connect to " + to);
      }
      ensureBound(socket);
      if (socket.local.address() == 0) {
        socket.local = new Endpoint(source, socket.local.port());
      }
      socket.peer = to;
      return null;
    });
  }

  void ensureBound(DatagramSocket socket) throws SocketException {
    if (socket.local.port() != 0) {
      return;
    }
    switch (socket) {
      case UdpSocket udp -> bind(udp, Endpoint.ANY);
      case IcmpEchoSocket echo -> onWorker(() -> identify(echo));
    }
  }

  void close(DatagramSocket socket) {
    socket.closed = true;
    open.remove(socket.id());
    Worker owner = worker;
    if (owner == null || owner.isCurrentThread()) {
      forget(socket);
    } else {
      closing.add(socket);
      owner.wake();
    }
  }

  /// Takes closed sockets out of the tables. On the worker.
  private boolean forgetClosed() {
    DatagramSocket socket = closing.poll();
    boolean any = socket != null;
    for (; socket != null; socket = closing.poll()) {
      forget(socket);
    }
    return any;
  }

  private void forget(DatagramSocket socket) {
    int port = socket.local.port();
    switch (socket) {
      case UdpSocket udp -> {
        List<UdpSocket> bound = udpByPort[port];
        if (bound != null && bound.remove(udp) && bound.isEmpty()) {
          udpByPort[port] = null;
        }
      }
      case IcmpEchoSocket echo -> {
        if (echoById[port] == echo) {
          echoById[port] = null;
        }
      }
    }
    socket.memory.close();
  }

  private static void requireOpen(DatagramSocket socket) throws SocketException {
    if (socket.closed) {
      throw new SocketException(Errno.EBADF, "socket " + socket.id() + " is closed");
    }
  }

  void wantsToSend(DatagramSocket socket) {
    if (socket.listed.getAndSet(true)) {
      return;
    }
    senders.add(socket);
    Worker owner = worker;
    if (owner != null) {
      owner.wake();
    }
  }

  /// Sends what sockets have queued. On the worker.
  @Override
  public boolean poll(long now) {
    nowNs = now;
    boolean any = forgetClosed();
    DatagramSocket socket = senders.poll();
    if (socket == null) {
      return any;
    }
    for (int i = 0; socket != null && i < SOCKETS_PER_TURN; i++) {
      drain(socket);
      socket = i + 1 < SOCKETS_PER_TURN ? senders.poll() : null;
    }
    plane().flushOriginated(now);
    return true;
  }

  @Override
  public boolean hasPending() {
    return !senders.isEmpty() || !closing.isEmpty();
  }

  private void drain(DatagramSocket socket) {
    socket.listed.getAndSet(false); // first, so that what is queued from here on lists it anew
    for (int i = 0; i < SENDS_PER_SOCKET; i++) {
      int datagram = socket.outbound.oldest();
      if (datagram < 0) {
        return;
      }
      emit(socket, datagram);
      socket.outbound.remove(datagram);
    }
    if (!socket.outbound.isEmpty()) {
      wantsToSend(socket);
    }
  }

  private void emit(DatagramSocket socket, int datagram) {
    DatagramQueue queue = socket.outbound;
    int destination = queue.destination(datagram);
    int bound = queue.source(datagram);
    int source = bound == 0 ? plane().sourceFor(destination) : bound;
    if (source == 0) {
      fail(socket, Errno.ENETUNREACH);
      return;
    }
    PacketPool pool = plane().pool();
    long buffer = pool.allocate();
    if (buffer < 0) {
      fail(socket, Errno.ENOBUFS);
      return;
    }
    MemorySegment memory = pool.memory();
    int payload = queue.length(datagram);
    long transport = buffer + Ipv4Header.MIN_BYTES;
    queue.copyPayload(datagram, memory, buffer + HEADROOM);
    int length = payload + UdpHeader.BYTES;
    int low = queue.sourcePort(datagram);
    int high = queue.destinationPort(datagram);
    boolean udp = socket instanceof UdpSocket;
    if (udp) {
      UdpHeader.write(memory, transport, low, high, length, source, destination);
    } else {
      IcmpMessage.write(memory, transport, IcmpMessage.ECHO, 0, low, high, length);
    }
    Ipv4Header.write(
        memory,
        buffer,
        length + Ipv4Header.MIN_BYTES,
        identification++,
        0,
        queue.ttl(datagram),
        udp ? Ipv4Header.PROTOCOL_UDP : Ipv4Header.PROTOCOL_ICMP,
        source,
        destination);
    plane().originate(buffer, length + Ipv4Header.MIN_BYTES, nowNs);
    socket.sent = socket.sent + 1;
  }

  @Override
  public DropReason onUdp(
      long payload, int length, int source, int sourcePort, int destination, int port, int ttl) {
    UdpSocket socket = find(destination, port, source, sourcePort);
    if (socket == null) {
      return DropReason.UDP_NO_SOCKET;
    }
    MemorySegment memory = plane().pool().memory();
    return deliver(socket, memory, payload, length, source, sourcePort, destination, port, ttl)
        ? DropReason.DELIVERED
        : DropReason.SOCKET_QUEUE_FULL;
  }

  @Override
  public void onEchoReply(long message, int length, int source, int ttl) {
    MemorySegment memory = plane().pool().memory();
    int id = IcmpMessage.identifier(memory, message);
    IcmpEchoSocket socket = echoById[id];
    if (socket != null) {
      int sequence = IcmpMessage.sequence(memory, message);
      int payload = length - IcmpMessage.HEADER_BYTES;
      long at = message + IcmpMessage.HEADER_BYTES;
      deliver(socket, memory, at, payload, source, sequence, socket.local.address(), id, ttl);
    }
  }

  /// RFC 1122 §4.1.3.3: ICMP errors reach the application.
  @Override
  public void onError(long packet, int length, int type, int code, int reporter) {
    MemorySegment memory = plane().pool().memory();
    int protocol = Ipv4Header.protocol(memory, packet);
    int headerBytes = Ipv4Header.headerBytes(memory, packet);
    if (length < headerBytes + UdpHeader.BYTES) {
      return;
    }
    long transport = packet + headerBytes;
    int source = Ipv4Header.source(memory, packet);
    int destination = Ipv4Header.destination(memory, packet);
    Errno errno = errnoOf(type, code);
    if (protocol == Ipv4Header.PROTOCOL_UDP) {
      int remotePort = UdpHeader.destinationPort(memory, transport);
      int port = UdpHeader.sourcePort(memory, transport);
      UdpSocket socket = find(source, port, destination, remotePort);
      if (socket != null && socket.peer != null) {
        fail(socket, errno);
      }
    } else if (protocol == Ipv4Header.PROTOCOL_ICMP
        && IcmpMessage.type(memory, transport) == IcmpMessage.ECHO) {
      IcmpEchoSocket socket = echoById[IcmpMessage.identifier(memory, transport)];
      if (socket != null) {
        int sequence = IcmpMessage.sequence(memory, transport);
        socket.onEchoError(new IcmpEchoSocket.EchoError(reporter, type, code, sequence, errno));
        socket.listener.run();
      }
    }
  }

  /// The mapping Linux has (`icmp_err_convert`).
  private static Errno errnoOf(int type, int code) {
    if (type != IcmpMessage.DESTINATION_UNREACHABLE) {
      return Errno.EHOSTUNREACH;
    }
    return switch (code) {
      case IcmpMessage.CODE_NET_UNREACHABLE -> Errno.ENETUNREACH;
      case IcmpMessage.CODE_PROTOCOL_UNREACHABLE -> Errno.ENOPROTOOPT;
      case IcmpMessage.CODE_PORT_UNREACHABLE -> Errno.ECONNREFUSED;
      case IcmpMessage.CODE_FRAGMENTATION_NEEDED -> Errno.EMSGSIZE;
      default -> Errno.EHOSTUNREACH;
    };
  }

  private static boolean deliver(
      DatagramSocket socket,
      MemorySegment memory,
      long payload,
      int length,
      int source,
      int sourcePort,
      int destination,
      int port,
      int ttl) {
    boolean fits =
        socket.inbound.put(memory, payload, length, source, sourcePort, destination, port, ttl)
            == DatagramQueue.Put.QUEUED;
    if (fits) {
      socket.received = socket.received + 1;
      socket.listener.run();
    } else {
      socket.lost = socket.lost + 1;
    }
    return fits;
  }

  private static void fail(DatagramSocket socket, Errno errno) {
    socket.pendingError = errno;
    socket.listener.run();
  }

  /// The most specific match: a connected socket, then a bound address, then any.
  private @Nullable UdpSocket find(int local, int port, int remote, int remotePort) {
    List<UdpSocket> bound = udpByPort[port];
    if (bound == null) {
      return null;
    }
    UdpSocket best = null;
    int bestScore = -1;
    for (int i = 0; i < bound.size(); i++) {
      UdpSocket candidate = bound.get(i);
      int own = candidate.local.address();
      Endpoint peer = candidate.peer;
      boolean matches =
          (own == 0 || own == local)
              && (peer == null || (peer.address() == remote && peer.port() == remotePort));
      int score = (peer == null ? 0 : 2) + (own == 0 ? 0 : 1);
      if (matches && score > bestScore) {
        best = candidate;
        bestScore = score;
      }
    }
    return best;
  }

  private boolean conflicts(int address, int port) {
    List<UdpSocket> bound = udpByPort[port];
    if (bound == null) {
      return false;
    }
    for (UdpSocket other : bound) {
      int own = other.local.address();
      if (own == 0 || address == 0 || own == address) {
        return true;
      }
    }
    return false;
  }

  /// RFC 6056 §3.3.1 asks for unpredictable ports: start anywhere, take the next free one.
  private int ephemeral(int address) throws SocketException {
    int start = ThreadLocalRandom.current().nextInt(EPHEMERAL_COUNT);
    for (int i = 0; i < EPHEMERAL_COUNT; i++) {
      int port = EPHEMERAL_FIRST + (start + i) % EPHEMERAL_COUNT;
      if (!conflicts(address, port)) {
        return port;
      }
    }
    throw new SocketException(Errno.EADDRINUSE, "every dynamic port is in use");
  }

  private @Nullable Void identify(IcmpEchoSocket socket) throws SocketException {
    forgetClosed();
    requireOpen(socket);
    for (int i = 0; i < 0xffff; i++) {
      int id = nextEchoId;
      nextEchoId = nextEchoId == 0xffff ? 1 : nextEchoId + 1;
      if (echoById[id] == null) {
        echoById[id] = socket;
        socket.local = new Endpoint(socket.local.address(), id);
        return null;
      }
    }
    throw new SocketException(Errno.EADDRINUSE, "every echo identifier is in use");
  }

  private DataPlane plane() {
    DataPlane plane = dataPlane;
    if (plane == null) {
      throw new IllegalStateException("the socket layer is not attached to a data plane");
    }
    return plane;
  }

  private <T extends @Nullable Object> T onWorker(Callable<T> task) throws SocketException {
    Worker owner = worker;
    try {
      return owner == null ? task.call() : owner.call(task);
    } catch (IllegalStateException busy) { // its ring is full, it stopped, or it is very late
      throw new SocketException(Errno.ENOBUFS, String.valueOf(busy.getMessage()));
    } catch (SocketException refused) {
      throw refused;
    } catch (CompletionException wrapped) {
      if (wrapped.getCause() instanceof SocketException refused) {
        throw refused;
      }
      throw wrapped;
    } catch (RuntimeException ours) {
      throw ours;
    } catch (Exception other) {
      throw new CompletionException(other);
    }
  }
}
