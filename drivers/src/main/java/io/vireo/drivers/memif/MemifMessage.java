package io.vireo.drivers.memif;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The messages of the control socket, 128 bytes each, packed, little-endian, the type (16 bits)
/// first.
///
/// ```text
///  HELLO       name (32 bytes) | min, max version (16, 16) | max region (16)
///              | max ring to client, to server (16, 16) | max log2 ring size (8)
///  INIT        version (16) | id (32) | mode (8) | secret (24 bytes) | name (32 bytes)
///  ADD_REGION  index (16) | size (64)                                       + memory's descriptor
///  ADD_RING    flags (16) | index (16) | region (16) | offset (32)
///              | log2 size (8) | private header's size (16)                 + an eventfd
///  CONNECT     name (32 bytes)
///  CONNECTED   name (32 bytes)
///  DISCONNECT  code (32) | text (96 bytes)
/// ```
sealed interface MemifMessage {
  int BYTES = 128;
  int SECRET_BYTES = 24;
  int VERSION = 0x0200;

  int NAME_BYTES = 32;
  int TEXT_BYTES = 96;

  /// In [Init#mode]: frames.
  int MODE_ETHERNET = 0;

  /// Everything is well so far.
  record Ack() implements MemifMessage {}

  /// The server's first word.
  record Hello(
      int minVersion, int maxVersion, int maxRegion, int maxToClient, int maxToServer, int maxLog2)
      implements MemifMessage {}

  /// What the client wants to connect to.
  record Init(int version, int id, int mode, String secret) implements MemifMessage {}

  /// The client's memory.
  record AddRegion(int index, long sizeBytes) implements MemifMessage {}

  /// A ring in the client's memory.
  record AddRing(boolean toServer, int index, int region, long offset, int log2Size)
      implements MemifMessage {}

  /// The client is ready.
  record Connect(String name) implements MemifMessage {}

  /// The server is ready.
  record Connected(String name) implements MemifMessage {}

  /// The end, and why.
  record Disconnect(String reason) implements MemifMessage {}

  /// A message that is none of these.
  final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String what) {
      super(what);
    }
  }

  /// Reads one message.
  ///
  /// @param bytes from its first byte to the end of what was received
  static MemifMessage parse(ByteBuffer bytes) throws Malformed {
    if (bytes.remaining() != BYTES) {
      throw new Malformed("a message of " + bytes.remaining() + " bytes; there are " + BYTES);
    }
    ByteBuffer in = bytes.slice().order(ByteOrder.LITTLE_ENDIAN);
    int type = unsigned16(in);
    return switch (type) {
      case 1 -> new Ack();
      case 2 -> {
        text(in, NAME_BYTES);
        yield new Hello(
            unsigned16(in),
            unsigned16(in),
            unsigned16(in),
            unsigned16(in),
            unsigned16(in),
            in.get() & 0xff);
      }
      case 3 -> new Init(unsigned16(in), in.getInt(), in.get() & 0xff, text(in, SECRET_BYTES));
      case 4 -> new AddRegion(unsigned16(in), in.getLong());
      case 5 ->
          new AddRing(
              (unsigned16(in) & 1) != 0,
              unsigned16(in),
              unsigned16(in),
              in.getInt() & 0xffff_ffffL,
              in.get() & 0xff);
      case 6 -> new Connect(text(in, NAME_BYTES));
      case 7 -> new Connected(text(in, NAME_BYTES));
      case 8 -> {
        in.getInt();
        yield new Disconnect(text(in, TEXT_BYTES));
      }
      default -> throw new Malformed("a message of type " + type);
    };
  }

  private static int unsigned16(ByteBuffer in) {
    return in.getShort() & 0xffff;
  }

  /// Text up to its first zero, of printable characters only.
  private static String text(ByteBuffer in, int bytes) {
    StringBuilder read = new StringBuilder();
    boolean ended = false;
    for (int i = 0; i < bytes; i++) {
      int c = in.get() & 0xff;
      ended |= c == 0;
      if (!ended) {
        read.append(c < ' ' || c > '~' ? '?' : (char) c);
      }
    }
    return read.toString();
  }

  /// The message's 128 bytes.
  ///
  /// @param name what we are called, in the messages that say it
  default ByteBuffer emit(String name) {
    ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    switch (this) {
      case Ack() -> out.putShort((short) 1);
      case Hello hello -> {
        out.putShort((short) 2);
        put(out, name, NAME_BYTES);
        out.putShort((short) hello.minVersion).putShort((short) hello.maxVersion);
        out.putShort((short) hello.maxRegion).putShort((short) hello.maxToClient);
        out.putShort((short) hello.maxToServer).put((byte) hello.maxLog2);
      }
      case Init init -> {
        out.putShort((short) 3).putShort((short) init.version).putInt(init.id);
        out.put((byte) init.mode);
        put(out, init.secret, SECRET_BYTES);
        put(out, name, NAME_BYTES);
      }
      case AddRegion region ->
          out.putShort((short) 4).putShort((short) region.index).putLong(region.sizeBytes);
      case AddRing ring -> {
        out.putShort((short) 5).putShort((short) (ring.toServer ? 1 : 0));
        out.putShort((short) ring.index).putShort((short) ring.region);
        out.putInt((int) ring.offset).put((byte) ring.log2Size).putShort((short) 0);
      }
      case Connect connect -> {
        out.putShort((short) 6);
        put(out, connect.name, NAME_BYTES);
      }
      case Connected connected -> {
        out.putShort((short) 7);
        put(out, connected.name, NAME_BYTES);
      }
      case Disconnect disconnect -> {
        out.putShort((short) 8).putInt(0);
        put(out, disconnect.reason, TEXT_BYTES);
      }
    }
    return out.position(0).limit(BYTES);
  }

  private static void put(ByteBuffer out, String text, int bytes) {
    byte[] encoded = text.getBytes(StandardCharsets.US_ASCII);
    int end = out.position() + bytes;
    out.put(encoded, 0, Math.min(encoded.length, bytes));
    out.position(end);
  }
}
