package io.vireo.drivers;

/// What a driver counts. Plain counters of the worker; a frame is counted exactly once.
public final class PortStatistics {
  /// Frames and bytes handed to the router.
  public long receivedFrames;

  public long receivedBytes;

  /// Frames lost before the router saw them: ring full, pool empty.
  public long receiveDrops;

  /// Frames that no buffer holds or that are malformed.
  public long receiveErrors;

  /// Frames and bytes given to the device.
  public long sentFrames;

  public long sentBytes;

  /// Frames not sent because the transmit ring was full.
  public long transmitDrops;

  /// Frames the device refused.
  public long transmitErrors;

  /// Adds those of a part.
  public void add(PortStatistics part) {
    receivedFrames += part.receivedFrames;
    receivedBytes += part.receivedBytes;
    receiveDrops += part.receiveDrops;
    receiveErrors += part.receiveErrors;
    sentFrames += part.sentFrames;
    sentBytes += part.sentBytes;
    transmitDrops += part.transmitDrops;
    transmitErrors += part.transmitErrors;
  }
}
