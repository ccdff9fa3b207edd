package io.vireo.drivers.afpacket;

/// The shape of a packet socket's rings. Opener and user must agree on it: the kernel does not
/// tell.
///
/// @param receiveBlockBytes a multiple of the page size; bounds the longest frame
/// @param transmitSlotBytes a multiple of 16 that divides the page size or is a multiple of it
public record RingGeometry(
    int receiveBlockBytes, int receiveBlocks, int transmitSlotBytes, int transmitSlots) {
  /// 2 MB to receive into (blocks that hold a 64 KB super-segment), 1024 slots to send from.
  public static final RingGeometry STANDARD = new RingGeometry(1 << 17, 16, 2048, 1024);

  private static final int PAGE_BYTES = 4096;

  public RingGeometry {
    if (receiveBlockBytes <= 0 || receiveBlockBytes % PAGE_BYTES != 0) {
      throw new IllegalArgumentException(
          "receive block of " + receiveBlockBytes + " bytes is no multiple of " + PAGE_BYTES);
    }
    if (transmitSlotBytes < 2048 || PAGE_BYTES % transmitSlotBytes != 0) {
      throw new IllegalArgumentException(
          "transmit slot of " + transmitSlotBytes + " bytes; 2048 or 4096 fit a page");
    }
    if (receiveBlocks <= 0 || transmitSlots <= 0 || transmitSlots % 2 != 0) {
      throw new IllegalArgumentException(
          receiveBlocks + " receive blocks, " + transmitSlots + " transmit slots");
    }
  }

  long receiveBytes() {
    return (long) receiveBlockBytes * receiveBlocks;
  }

  long transmitBytes() {
    return (long) transmitSlotBytes * transmitSlots;
  }
}
