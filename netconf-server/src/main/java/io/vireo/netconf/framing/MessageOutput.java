package io.vireo.netconf.framing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/// Writes messages to a stream, each between its first octet and [#endMessage].
public final class MessageOutput extends OutputStream {
  private static final int CHUNK_BYTES = 16_384;
  private static final byte[] END_OF_MESSAGE = "]]>]]>".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END_OF_CHUNKS = "\n##\n".getBytes(StandardCharsets.US_ASCII);

  private final OutputStream target;
  private final byte[] buffer = new byte[CHUNK_BYTES];
  private int used;
  private boolean chunked;

  /// Begins with `]]>]]>`, as every session does.
  public MessageOutput(OutputStream target) {
    this.target = target;
  }

  /// Uses chunks from the next message on (RFC 6242 §4.1: both sides said base:1.1).
  public void useChunks() {
    chunked = true;
  }

  @Override
  public void write(int octet) throws IOException {
    if (used == buffer.length) {
      drain();
    }
    buffer[used++] = (byte) octet;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      if (used == buffer.length) {
        drain();
      }
      int part = Math.min(length - done, buffer.length - used);
      System.arraycopy(bytes, offset + done, buffer, used, part);
      used += part;
      done += part;
    }
  }

  /// Does nothing: a writer of XML flushes where it likes, and small chunks cost more.
  @Override
  public void flush() {}

  /// Ends the message and sends it.
  public void endMessage() throws IOException {
    drain();
    target.write(chunked ? END_OF_CHUNKS : END_OF_MESSAGE);
    target.flush();
  }

  private void drain() throws IOException {
    if (used == 0) {
      return;
    }
    if (chunked) {
      target.write(("\n#" + used + "\n").getBytes(StandardCharsets.US_ASCII));
    }
    target.write(buffer, 0, used);
    used = 0;
  }
}
