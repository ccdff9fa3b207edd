package io.vireo.rsock.server;

import io.vireo.wire.frame.FrameType;
import java.io.IOException;
import java.nio.ByteBuffer;

/// Where a session's frames go: a connection, or a test.
@FunctionalInterface
interface FrameSink {
  /// Sends one frame whole; waits while the program reads nothing.
  void send(FrameType type, int streamId, int requestId, ByteBuffer payload) throws IOException;
}
