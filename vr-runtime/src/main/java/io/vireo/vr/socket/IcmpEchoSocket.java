package io.vireo.vr.socket;

import io.vireo.drivers.linux.Errno;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Sends ICMP echo requests under an identifier of its own and receives the replies: ping and
/// traceroute.
///
/// The port of a destination is the sequence number of the request; that of a reply's source too.
public final class IcmpEchoSocket extends DatagramSocket {
  public static final int MAX_PAYLOAD_BYTES = 1472;

  private static final int MAX_ERRORS = 64;

  /// An ICMP error about one of our requests.
  ///
  /// @param reporter who said so; 0 for this router itself
  public record EchoError(int reporter, int type, int code, int sequence, Errno errno) {}

  private final ConcurrentLinkedQueue<EchoError> errors = new ConcurrentLinkedQueue<>();
  private final AtomicInteger errorCount = new AtomicInteger();

  IcmpEchoSocket(SocketLayer layer, long id, SocketMemory.Share memory) {
    super(layer, id, memory);
  }

  /// Sends from `address`, which must be one of the router's.
  public void bindSource(int address) throws SocketException {
    layer.bindSource(this, address);
  }

  /// Sends one request.
  public void sendEcho(int destination, int sequence, ByteBuffer payload) throws SocketException {
    send(payload, new Endpoint(destination, sequence & 0xffff));
  }

  /// The oldest error, or null.
  public @Nullable EchoError takeEchoError() {
    EchoError oldest = errors.poll();
    if (oldest != null) {
      errorCount.decrementAndGet();
    }
    return oldest;
  }

  void onEchoError(EchoError error) {
    if (errorCount.get() < MAX_ERRORS) {
      errorCount.incrementAndGet();
      errors.add(error);
    }
  }

  @Override
  int maxPayloadBytes() {
    return MAX_PAYLOAD_BYTES;
  }
}
