package io.vireo.vr.forward;

/// What the graph hands to the socket layer. Called on the worker; nothing is kept of the packet
/// after the call.
public interface LocalDelivery {
  /// A datagram for a port.
  ///
  /// @return what became of it: DELIVERED, UDP_NO_SOCKET or SOCKET_QUEUE_FULL
  DropReason onUdp(
      long payload, int length, int source, int sourcePort, int destination, int port, int ttl);

  /// An ICMP echo reply.
  void onEchoReply(long message, int length, int source, int ttl);

  /// A packet of ours, starting at its IP header, met an ICMP error.
  ///
  /// @param reporter who said so, 0 for this router itself
  void onError(long packet, int length, int type, int code, int reporter);
}
