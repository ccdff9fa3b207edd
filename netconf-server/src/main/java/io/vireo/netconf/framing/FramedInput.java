package io.vireo.netconf.framing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/// What both mechanisms of RFC 6242 §4 have in common: messages one after the other, each read to
/// its end before the next, each bounded.
abstract sealed class FramedInput implements MessageInput permits ChunkedInput, EndOfMessageInput {
  final OctetSource source;
  private final long maxMessageBytes;
  private @Nullable InputStream current;

  FramedInput(OctetSource source, long maxMessageBytes) {
    this.source = source;
    this.maxMessageBytes = maxMessageBytes;
  }

  @Override
  public final @Nullable InputStream next() throws IOException {
    InputStream before = current;
    if (before != null) {
      before.transferTo(OutputStream.nullOutputStream());
    }
    int first = source.read();
    if (first < 0) {
      return null;
    }
    InputStream message = begin(first);
    current = message;
    return message;
  }

  /// The message whose first octet on the stream is `first`.
  abstract InputStream begin(int first) throws IOException;

  /// Checks the octets of a message so far.
  final void requireWithinBound(long messageBytes) throws FramingException {
    if (messageBytes > maxMessageBytes) {
      throw new FramingException("a message has more than " + maxMessageBytes + " octets");
    }
  }
}
