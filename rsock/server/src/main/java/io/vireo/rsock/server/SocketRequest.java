package io.vireo.rsock.server;

import java.net.InetSocketAddress;

/// What a program asks for, read and checked.
sealed interface SocketRequest {
  record Open(boolean ipv6, boolean datagram) implements SocketRequest {}

  record Bind(int handle, InetSocketAddress local) implements SocketRequest {}

  record Connect(int handle, InetSocketAddress remote) implements SocketRequest {}

  record Close(int handle) implements SocketRequest {}

  /// An rpc of a newer program.
  record Unknown(long sid) implements SocketRequest {}
}
