package io.vireo.rsock.server;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// A UDP socket of the virtual router. One thread controls and sends, one takes what has come.
public interface RouterSocket {
  /// Binds, and returns the address bound in fact.
  InetSocketAddress bind(InetSocketAddress local) throws SocketRefusal;

  /// Connects, and returns the socket's own address.
  InetSocketAddress connect(InetSocketAddress remote) throws SocketRefusal;

  /// Hands a datagram to the router; it may be lost on the way, as UDP may. Earlier failures are
  /// told here, once.
  void send(InetSocketAddress destination, ByteBuffer data) throws SocketRefusal;

  /// The next datagram as payload of a DATAGRAM frame; null when none waits.
  byte @Nullable [] poll();

  /// The error that waits for the program since ICMP told it (SO_ERROR), null without; once.
  @Nullable SocketRefusal takeError();

  /// Closes; nothing is called back afterwards.
  void close();
}
