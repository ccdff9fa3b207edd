package io.vireo.netconf.framing;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// RFC 6242 §4.3: each message ends with `]]>]]>`, which can't occur in well-formed XML.
public final class EndOfMessageInput extends FramedInput {
  private static final byte[] MARK = {']', ']', '>', ']', ']', '>'};

  /// Knuth, Morris, Pratt: with n octets of the mark matched, how many still are when the next one
  /// does not fit.
  private static final int[] FALLBACK = {0, 0, 1, 0, 1, 2};

  public EndOfMessageInput(OctetSource source, long maxMessageBytes) {
    super(source, maxMessageBytes);
  }

  @Override
  InputStream begin(int first) throws IOException {
    Message message = new Message();
    message.take(first);
    return message;
  }

  private final class Message extends InputStream {
    private final byte[] ready = new byte[MARK.length + 1];
    private int readyFrom;
    private int readyTo;
    private int matched;
    private long bytes;

    @Override
    public int read() throws IOException {
      while (readyFrom == readyTo) {
        if (matched == MARK.length) {
          return -1;
        }
        int octet = source.read();
        if (octet < 0) {
          throw new FramingException("the stream ended within a message");
        }
        take(octet);
      }
      return ready[readyFrom++] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      int done = 0;
      // Waits for the first octet only through the source's buffer: a message arrives as it comes.
      while (done < length) {
        int octet = read();
        if (octet < 0) {
          return done == 0 ? -1 : done;
        }
        target[offset + done++] = (byte) octet;
      }
      return done;
    }

    /// One octet from the stream: contents become ready, what may be the mark waits.
    void take(int octet) throws FramingException {
      requireWithinBound(++bytes);
      readyFrom = 0;
      readyTo = 0;
      while (matched > 0 && octet != MARK[matched]) {
        int kept = FALLBACK[matched];
        for (int i = 0; i < matched - kept; i++) {
          ready[readyTo++] = MARK[i];
        }
        matched = kept;
      }
      if (octet == MARK[matched]) {
        matched++;
      } else {
        ready[readyTo++] = (byte) octet;
      }
    }
  }
}
