package io.vireo.netconf.framing;

import java.io.IOException;
import java.io.InputStream;

/// Buffers a stream that is read octet by octet, for one thread and without a lock. It outlives a
/// change of framing: what was read ahead belongs to the next message.
public final class OctetSource {
  private static final int BUFFER_BYTES = 16_384;

  private final InputStream stream;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;

  public OctetSource(InputStream stream) {
    this.stream = stream;
  }

  /// The next octet; -1 at the end.
  int read() throws IOException {
    return position < limit || fill() ? buffer[position++] & 0xff : -1;
  }

  /// Some octets, at least one; -1 at the end.
  int read(byte[] bytes, int offset, int length) throws IOException {
    if (position == limit && !fill()) {
      return -1;
    }
    int part = Math.min(length, limit - position);
    System.arraycopy(buffer, position, bytes, offset, part);
    position += part;
    return part;
  }

  private boolean fill() throws IOException {
    position = 0;
    limit = Math.max(0, stream.read(buffer, 0, buffer.length));
    return limit > 0;
  }
}
