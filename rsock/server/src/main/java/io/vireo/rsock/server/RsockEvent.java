package io.vireo.rsock.server;

import io.vireo.rsock.server.access.Peer;
import org.jspecify.annotations.Nullable;

/// What the operator may want to know; rendered by the shell of the process.
public sealed interface RsockEvent {
  Peer peer();

  /// A program said hello and may open sockets.
  record Connected(Peer peer) implements RsockEvent {}

  /// Audit: something was refused.
  ///
  /// @param rule the rule that refused, null where none named the user
  /// @param what the request: `open a socket`, `bind to port 53`
  record Refused(Peer peer, @Nullable String rule, String what) implements RsockEvent {}

  /// A connection is over and its sockets are closed.
  ///
  /// @param reason null when the program closed it
  record Ended(Peer peer, @Nullable String reason, int closedSockets) implements RsockEvent {}
}
