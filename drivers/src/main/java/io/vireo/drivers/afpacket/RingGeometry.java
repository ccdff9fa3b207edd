package io.vireo.drivers.afpacket;

/// The shape of a packet socket's rings. Opener and user must agree on it: the kernel does not
/// tell.
///
/// @param receiveSlotBytes a power of two; what does not fit goes through the socket's own queue
/// @param transmitSlotBytes a power of two
public record RingGeometry(
    int receiveSlotBytes, int receiveSlots, int transmitSlotBytes, int transmitSlots) {
  /// 8 MB to receive into, 2 MB to send from, in slots of one frame.
  public static final RingGeometry STANDARD = new RingGeometry(2048, 4096, 2048, 1024);

  /// Memory comes in blocks of this size, which slots fill without a gap.
  static final int BLOCK_BYTES = 1 << 16;

  public RingGeometry {
    requireShape("receive", receiveSlotBytes, receiveSlots);
    requireShape("transmit", transmitSlotBytes, transmitSlots);
  }

  private static void requireShape(String ring, int slotBytes, int slots) {
    if (slotBytes < 2048 || Integer.bitCount(slotBytes) != 1 || slotBytes > BLOCK_BYTES) {
      throw new IllegalArgumentException(
          ring + " slots of " + slotBytes + " bytes; take a power of two, 2048 to " + BLOCK_BYTES);
    }
    if (slots <= 0 || slots % (BLOCK_BYTES / slotBytes) != 0) {
      throw new IllegalArgumentException(
          slots + " " + ring + " slots; take a multiple of " + BLOCK_BYTES / slotBytes);
    }
  }

  long receiveBytes() {
    return (long) receiveSlotBytes * receiveSlots;
  }

  long transmitBytes() {
    return (long) transmitSlotBytes * transmitSlots;
  }
}
