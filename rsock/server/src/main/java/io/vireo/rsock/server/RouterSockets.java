package io.vireo.rsock.server;

import io.vireo.rsock.server.access.Peer;

/// The virtual router as rsock sees it: something that opens sockets.
public interface RouterSockets {
  /// The virtual router's name.
  String name();

  /// Opens a UDP socket.
  ///
  /// @param owner whose it is, for the operator's list
  /// @param onReadable called, on any thread, after a datagram has come; must return at once
  RouterSocket openUdp(Peer owner, boolean ipv6, Runnable onReadable) throws SocketRefusal;
}
