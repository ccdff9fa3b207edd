package io.vireo.vr.forward;

import io.vireo.drivers.PacketVector;

/// Frames on their way to the interfaces; most often all go out by one.
final class FrameOutput {
  private final FrameTarget target;
  private final PacketVector frames = new PacketVector();
  private final int[] outgoing = new int[PacketVector.CAPACITY];

  FrameOutput(FrameTarget target) {
    this.target = target;
  }

  void add(int interfaceIndex, long frame, int length) {
    outgoing[frames.size()] = interfaceIndex;
    frames.push(frame, length);
  }

  /// Hands all of them over.
  void send() {
    int count = frames.size();
    int differences = 0;
    for (int i = 0; i < count; i++) {
      differences |= outgoing[i] ^ outgoing[0];
    }
    if (count > 0 && differences == 0) {
      target.send(outgoing[0], frames);
      return;
    }
    for (int i = 0; i < count; i++) {
      target.send(outgoing[i], frames.offset(i), frames.length(i));
    }
    frames.clear();
  }
}
