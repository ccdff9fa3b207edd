package io.vireo.netconf.framing;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/// A byte stream read as messages.
public interface MessageInput {
  /// Waits for the next message; null when the peer has ended the stream between two messages. What
  /// is left of the message before is read and thrown away first.
  @Nullable InputStream next() throws IOException;
}
