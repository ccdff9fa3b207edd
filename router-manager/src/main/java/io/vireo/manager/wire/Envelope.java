package io.vireo.manager.wire;

import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;

/// A map of one entry: the SID of an RPC or notification, and its contents.
///
/// @param sid the SID
/// @param body a reader at the contents
public record Envelope(long sid, CborReader body) {
  /// Writes contents: every generated record's `write`.
  @FunctionalInterface
  public interface Body {
    void write(CborWriter out);
  }

  /// Contents without any node.
  public static final Body EMPTY = out -> out.startMap(0);

  public static CborWriter emit(long sid, Body body) {
    CborWriter out = new CborWriter();
    out.startMap(1);
    out.writeUnsigned(sid);
    body.write(out);
    return out;
  }

  public static Envelope open(CborReader in) throws CborException {
    in.startMap();
    if (!in.more()) {
      throw in.fail(CborException.Reason.MISSING, "an envelope without contents");
    }
    return new Envelope(in.readUnsigned(), in);
  }
}
