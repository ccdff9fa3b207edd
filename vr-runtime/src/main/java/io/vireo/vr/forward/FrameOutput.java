package io.vireo.vr.forward;

import io.vireo.drivers.PacketVector;

/// Frames on their way to the interfaces; most often all go out by one.
final class FrameOutput {
  private final InterfaceTable interfaces;
  private final Drops drops;
  private final PacketVector frames = new PacketVector();
  private final int[] outgoing = new int[PacketVector.CAPACITY];

  FrameOutput(InterfaceTable interfaces, Drops drops) {
    this.interfaces = interfaces;
    this.drops = drops;
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
    RouterInterface first = count == 0 ? null : interfaces.lookup(outgoing[0]);
    if (differences == 0 && first != null) {
      first.sendUnicast(frames);
      return;
    }
    for (int i = 0; i < count; i++) {
      RouterInterface out = interfaces.lookup(outgoing[i]);
      if (out == null) {
        drops.drop(DropReason.INTERFACE_DOWN, frames.offset(i));
      } else {
        out.sendUnicast(frames.offset(i), frames.length(i));
      }
    }
    frames.clear();
  }
}
