package io.vireo.records.proof;

import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborType;
import io.vireo.wire.cbor.CborWriter;
import io.vireo.wire.cbor.RawCbor;
import java.math.BigDecimal;
import java.util.Random;
import java.util.Set;

/// Walks YANG-CBOR knowing only that maps are keyed by SID deltas.
final class SidMaps {
  /// Beyond every delta between numbers of the experimental space.
  private static final int UNKNOWN_DELTA = 1_000_000;

  private SidMaps() {}

  /// Adds the SIDs of all members of the map `in` stands on to `sids`.
  static void collect(CborReader in, long parentSid, Set<Long> sids) throws CborException {
    in.startMap();
    while (in.more()) {
      long sid = parentSid + in.readSidDelta(parentSid);
      sids.add(sid);
      collectValue(in, sid, sids);
    }
  }

  private static void collectValue(CborReader in, long sid, Set<Long> sids) throws CborException {
    if (in.peek() == CborType.MAP) {
      collect(in, sid, sids);
    } else if (in.peek() == CborType.ARRAY) {
      in.startArray();
      while (in.more()) {
        collectValue(in, sid, sids);
      }
    } else {
      in.skipValue();
    }
  }

  /// Copies an item, strewing members with unknown SIDs into every map.
  static void strewUnknown(CborReader in, CborWriter out, Random random) throws CborException {
    if (in.peek() == CborType.MAP) {
      in.startMap();
      out.startMap();
      writeUnknown(out, random);
      while (in.more()) {
        out.writeRaw(in.readRaw());
        strewUnknown(in, out, random);
        writeUnknown(out, random);
      }
      out.end();
    } else {
      RawCbor item = in.readRaw();
      if (isListOfMaps(item)) {
        CborReader entries = item.reader();
        entries.startArray();
        out.startArray();
        while (entries.more()) {
          strewUnknown(entries, out, random);
        }
        out.end();
      } else {
        out.writeRaw(item);
      }
    }
  }

  /// Other arrays are leaf-lists and instance-identifiers, which stay as they are.
  private static boolean isListOfMaps(RawCbor item) throws CborException {
    CborReader in = item.reader();
    if (in.peek() != CborType.ARRAY) {
      return false;
    }
    in.startArray();
    return in.more() && in.peek() == CborType.MAP;
  }

  private static void writeUnknown(CborWriter out, Random random) {
    out.writeLong(UNKNOWN_DELTA + random.nextInt(UNKNOWN_DELTA));
    switch (random.nextInt(4)) {
      case 0 -> out.writeText("from a later version");
      case 1 -> out.writeUnsigned(random.nextLong());
      case 2 -> {
        out.startArray(2);
        out.writeNull();
        out.startMap();
        out.writeLong(1);
        out.writeBoolean(true);
        out.end();
      }
      default -> out.writeDecimal64(BigDecimal.valueOf(random.nextInt(), 2));
    }
  }
}
