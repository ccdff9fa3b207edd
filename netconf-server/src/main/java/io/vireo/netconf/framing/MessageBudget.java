package io.vireo.netconf.framing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/// Bounds the octets of all messages that are being read or carried out, over all sessions, since
/// each stands in memory as a tree. The first part of a message is free, so that no big message
/// keeps others from their small ones. Thread-safe.
public final class MessageBudget {
  private final long maxBytes;
  private final long freeBytes;
  private final AtomicLong used = new AtomicLong();

  /// @param maxBytes what all messages may have beyond their free parts
  /// @param freeBytes free part of each message
  public MessageBudget(long maxBytes, long freeBytes) {
    this.maxBytes = maxBytes;
    this.freeBytes = freeBytes;
  }

  /// Counts a message until the stream is closed; a read beyond the budget throws a
  /// [FramingException].
  public InputStream count(InputStream message) {
    return new Counted(message);
  }

  private final class Counted extends FilterInputStream {
    private long readBytes;
    private long heldBytes;

    Counted(InputStream message) {
      super(message);
    }

    @Override
    public int read() throws IOException {
      int octet = in.read();
      if (octet >= 0) {
        hold(1);
      }
      return octet;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      int count = in.read(into, offset, length);
      if (count > 0) {
        hold(count);
      }
      return count;
    }

    @Override
    public long skip(long wanted) throws IOException {
      long count = in.skip(wanted);
      hold(count);
      return count;
    }

    private void hold(long count) throws FramingException {
      readBytes += count;
      long more = Math.max(0, readBytes - freeBytes) - heldBytes;
      heldBytes += more;
      if (used.addAndGet(more) > maxBytes) {
        throw new FramingException(
            "the messages of all sessions have more than "
                + maxBytes
                + " octets at once: send smaller ones, or try again later");
      }
    }

    /// Gives back what the message held; the stream below goes on with the next message.
    @Override
    public void close() {
      used.addAndGet(-heldBytes);
      heldBytes = 0;
    }
  }
}
