package io.vireo.rsock.client;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/// A datagram that has arrived.
///
/// @param data owned by the receiver
/// @param via the router whose socket it came through
public record Datagram(ByteBuffer data, InetSocketAddress from, Router via) {}
