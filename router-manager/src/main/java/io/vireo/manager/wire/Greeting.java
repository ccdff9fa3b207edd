package io.vireo.manager.wire;

import io.vireo.records.SidHash;
import io.vireo.wire.Bytes;
import java.io.IOException;

/// What every process says of itself first, and whether two can work together.
public final class Greeting {
  /// The version of the guard's protocol that this build speaks.
  public static final int VERSION = 1;

  /// Name and version of the program.
  public static final String PRODUCT = "vireo 0.1.0";

  private Greeting() {}

  /// Refuses a peer that speaks no version of ours; the message names both.
  ///
  /// @param own the version that this side speaks
  public static void requireVersion(int own, int minimum, int maximum) throws IOException {
    if (own < minimum || own > maximum) {
      throw new IOException(
          "the peer speaks versions "
              + minimum
              + " to "
              + maximum
              + " of the protocol, this program version "
              + own
              + ": update the older one");
    }
  }

  /// Hash of the SID files that this build was made with.
  public static Bytes sidHash() {
    return SidHash.value();
  }
}
