package io.vireo.wire.frame;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// The first eight bytes each way: `VIREO`, a protocol letter, and the version as u16
/// little-endian.
public final class Preface {
  public static final int LENGTH = 8;
  public static final int VERSION = 1;

  private static final byte[] MAGIC = "VIREO".getBytes(StandardCharsets.US_ASCII);

  /// Which conversation follows.
  public enum Protocol {
    /// Sockets inside a router, for applications.
    RSOCK('S'),
    /// Manager and virtual router.
    VR_CONTROL('C'),
    /// Manager and guard.
    GUARD('G');

    private final byte letter;

    Protocol(char letter) {
      this.letter = (byte) letter;
    }
  }

  private Preface() {}

  /// Writes the preface of `protocol` at the position of `out`.
  public static void emit(Protocol protocol, ByteBuffer out) {
    out.put(MAGIC).put(protocol.letter).put((byte) VERSION).put((byte) (VERSION >>> 8));
  }

  /// Reads a whole preface and checks that it is the one of `protocol`.
  public static void require(Protocol protocol, ByteBuffer in) throws FrameException {
    for (byte expected : MAGIC) {
      if (in.get() != expected) {
        throw new FrameException(
            FrameException.Reason.BAD_PREFACE, "the peer does not speak a protocol of Vireo");
      }
    }
    byte letter = in.get();
    if (letter != protocol.letter) {
      throw new FrameException(
          FrameException.Reason.BAD_PREFACE,
          "the peer speaks protocol 0x%02x, not %s".formatted(letter, protocol));
    }
    int version = in.get() & 0xff | (in.get() & 0xff) << 8;
    if (version != VERSION) {
      throw new FrameException(
          FrameException.Reason.UNSUPPORTED_VERSION,
          "the peer speaks version " + version + " of " + protocol + ", need " + VERSION);
    }
  }
}
