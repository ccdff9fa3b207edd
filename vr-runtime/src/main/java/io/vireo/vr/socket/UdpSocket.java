package io.vireo.vr.socket;

/// A UDP socket of the virtual router.
public final class UdpSocket extends DatagramSocket {
  /// The largest payload that one frame carries: no fragments are made of what we send.
  public static final int MAX_PAYLOAD_BYTES = 1472;

  private final long id;
  private volatile String owner = "vireo";
  private volatile long pid;

  UdpSocket(SocketLayer layer, long id) {
    super(layer);
    this.id = id;
  }

  /// Its number in this router.
  public long id() {
    return id;
  }

  /// The host's user it was opened for, or the router's own service.
  public String owner() {
    return owner;
  }

  /// The host's process it was opened for; 0: this one.
  public long pid() {
    return pid;
  }

  /// Says for whom it was opened: a user and a process of the host.
  public void setOwner(String user, long process) {
    owner = user;
    pid = process;
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
