package io.vireo.vr.socket;

/// A UDP socket of the virtual router.
public final class UdpSocket extends DatagramSocket {
  /// The largest payload that one frame carries: no fragments are made of what we send.
  public static final int MAX_PAYLOAD_BYTES = 1472;

  UdpSocket(SocketLayer layer, long id, SocketMemory.Share memory) {
    super(layer, id, memory);
  }

  /// Takes a local address; port 0 takes a free one.
  ///
  /// @throws SocketException EADDRINUSE, EADDRNOTAVAIL, or EINVAL when it is bound already
  public void bind(Endpoint wanted) throws SocketException {
    layer.bind(this, wanted);
  }

  @Override
  int maxPayloadBytes() {
    return MAX_PAYLOAD_BYTES;
  }
}
