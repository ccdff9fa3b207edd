package io.vireo.netconf.framing;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/// RFC 6242 §4.2: a message is one chunk or more and an end.
///
/// ```
/// Chunked-Message = 1*chunk end-of-chunks
/// chunk           = LF HASH chunk-size LF chunk-data
/// chunk-size      = 1*DIGIT1 0*DIGIT, at most 4294967295
/// end-of-chunks   = LF HASH HASH LF
/// ```
public final class ChunkedInput extends FramedInput {
  private static final long MAX_CHUNK_BYTES = 4_294_967_295L;

  public ChunkedInput(OctetSource source, long maxMessageBytes) {
    super(source, maxMessageBytes);
  }

  @Override
  InputStream begin(int first) throws IOException {
    Message message = new Message();
    message.begin(first);
    return message;
  }

  private final class Message extends InputStream {
    private long chunkLeft;
    private long bytes;
    private boolean ended;

    /// The first chunk, whose first octet was read already.
    void begin(int first) throws IOException {
      expect('\n', first);
      expect('#', source.read());
      chunk(source.read());
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      if (ended || length > 0 && chunkLeft == 0 && !nextChunk()) {
        return -1;
      }
      int part = source.read(target, offset, (int) Math.min(length, chunkLeft));
      if (part < 0) {
        throw new FramingException("the stream ended within a chunk");
      }
      chunkLeft -= part;
      return part;
    }

    private boolean nextChunk() throws IOException {
      expect('\n', source.read());
      expect('#', source.read());
      int octet = source.read();
      if (octet == '#') {
        expect('\n', source.read());
        ended = true;
        return false;
      }
      chunk(octet);
      return true;
    }

    private void chunk(int firstDigit) throws IOException {
      if (firstDigit < '1' || firstDigit > '9') {
        throw new FramingException(
            "a chunk size begins with a digit from 1 to 9, not " + printable(firstDigit));
      }
      long size = Character.digit(firstDigit, 10);
      int octet = source.read();
      while (octet >= '0' && octet <= '9') {
        size = size * 10 + Character.digit(octet, 10);
        if (size > MAX_CHUNK_BYTES) {
          throw new FramingException("a chunk is announced with more than 4294967295 octets");
        }
        octet = source.read();
      }
      expect('\n', octet);
      bytes += size;
      requireWithinBound(bytes);
      chunkLeft = size;
    }
  }

  private static void expect(char wanted, int octet) throws FramingException {
    if (octet != wanted) {
      throw new FramingException(
          "chunk framing has " + printable(octet) + " where " + printable(wanted) + " is due");
    }
  }

  private static String printable(int octet) {
    if (octet < 0) {
      return "the end of the stream";
    }
    return octet > 0x20 && octet < 0x7f
        ? "'" + (char) octet + "'"
        : "octet 0x" + Integer.toHexString(octet);
  }
}
