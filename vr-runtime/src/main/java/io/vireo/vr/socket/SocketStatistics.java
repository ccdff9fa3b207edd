package io.vireo.vr.socket;

/// Datagrams of one socket; `lost` arrived while its queue was full.
public record SocketStatistics(long received, long sent, long lost) {}
