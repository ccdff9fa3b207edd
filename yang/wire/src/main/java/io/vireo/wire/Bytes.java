package io.vireo.wire;

import java.util.Arrays;
import java.util.HexFormat;

/// An immutable run of bytes with value equality: YANG `binary`.
public final class Bytes {
  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] octets;

  private Bytes(byte[] octets) {
    this.octets = octets;
  }

  /// A copy of `octets`.
  public static Bytes of(byte... octets) {
    return octets.length == 0 ? EMPTY : new Bytes(octets.clone());
  }

  /// Takes `octets` over; the caller must not write to it again.
  public static Bytes wrap(byte[] octets) {
    return new Bytes(octets);
  }

  public int size() {
    return octets.length;
  }

  /// The octet at `index`, 0..255.
  public int at(int index) {
    return octets[index] & 0xff;
  }

  public byte[] toByteArray() {
    return octets.clone();
  }

  @Override
  public boolean equals(Object o) {
    return o instanceof Bytes other && Arrays.equals(octets, other.octets);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(octets);
  }

  /// Hexadecimal.
  @Override
  public String toString() {
    return HexFormat.of().formatHex(octets);
  }
}
