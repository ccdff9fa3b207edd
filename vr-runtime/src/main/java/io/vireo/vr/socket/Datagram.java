package io.vireo.vr.socket;

import java.nio.ByteBuffer;

/// What one receive brought.
///
/// @param destination the address of ours it was sent to, with the socket's port
/// @param ttl the TTL it arrived with
/// @param payload its bytes, the caller's to keep
public record Datagram(Endpoint source, Endpoint destination, int ttl, ByteBuffer payload) {}
