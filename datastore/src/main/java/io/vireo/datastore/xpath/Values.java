package io.vireo.datastore.xpath;

import java.nio.ByteBuffer;

/// Values of leafs as they compare: octets by what they are, not by who holds them.
public final class Values {
  private Values() {}

  /// Stands for a value in sets and comparisons.
  public static Object comparable(Object value) {
    return value instanceof byte[] octets ? ByteBuffer.wrap(octets) : value;
  }

  public static boolean equal(Object one, Object other) {
    return comparable(one).equals(comparable(other));
  }
}
