package io.vireo.wire.rsock;

import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborException.Reason;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;

/// The payload of HELLO, RPC, REPLY, ERROR and GOAWAY: a CBOR map of one entry, the SID of an rpc
/// or notification to its body.
public final class Envelope {
  private Envelope() {}

  /// Starts a payload; the body must follow.
  public static CborWriter start(long sid) {
    CborWriter out = new CborWriter();
    out.startMap(1);
    out.writeLong(sid);
    return out;
  }

  /// Reads the SID; the body follows, then [#end].
  public static long open(CborReader in) throws CborException {
    in.startMap();
    if (!in.more()) {
      throw in.fail(Reason.MISSING, "the map names no rpc");
    }
    return in.readLong(0, Long.MAX_VALUE);
  }

  /// Reads the SID, which must be `sid`.
  public static void open(CborReader in, long sid) throws CborException {
    long found = open(in);
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
