package io.vireo.wire.frame;

import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborException.Reason;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;

/// The payload of HELLO, RPC, REPLY, ERROR, NOTIFICATION and GOAWAY: a CBOR map of one entry, the
/// SID of an rpc or notification to its body.
///
/// @param sid the SID
/// @param body a reader at the body
public record Envelope(long sid, CborReader body) {
  /// Writes a body: every generated record's `write`.
  @FunctionalInterface
  public interface Body {
    void write(CborWriter out);
  }

  /// A body without any node.
  public static final Body EMPTY = out -> out.startMap(0);

  /// Starts a payload; the body must follow.
  public static CborWriter start(long sid) {
    CborWriter out = new CborWriter();
    out.startMap(1);
    out.writeUnsigned(sid);
    return out;
  }

  /// A whole payload.
  public static CborWriter emit(long sid, Body body) {
    CborWriter out = start(sid);
    body.write(out);
    return out;
  }

  /// Reads the SID; the body follows, then [#end].
  public static Envelope open(CborReader in) throws CborException {
    in.startMap();
    if (!in.more()) {
      throw in.fail(Reason.MISSING, "the map names no rpc or notification");
    }
    return new Envelope(in.readLong(0, Long.MAX_VALUE), in);
  }

  /// Reads the SID, which must be `sid`.
  public static void open(CborReader in, long sid) throws CborException {
    long found = open(in).sid();
    if (found != sid) {
      throw in.fail(Reason.OUT_OF_RANGE, "SID " + found + ", need " + sid);
    }
  }

  /// Checks that nothing follows the body.
  public static void end(CborReader in) throws CborException {
    if (in.more()) {
      throw in.fail(Reason.MALFORMED, "a second entry after the body");
    }
    in.requireEnd();
  }
}
