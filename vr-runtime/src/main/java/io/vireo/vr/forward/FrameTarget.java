package io.vireo.vr.forward;

import io.vireo.drivers.PacketVector;

/// Where frames go out.
public interface FrameTarget {
  /// Whether frames can go out by that interface from here.
  boolean reaches(int interfaceIndex);

  /// Takes over all frames of a vector, which is empty afterwards.
  void send(int interfaceIndex, PacketVector frames);

  /// Takes over one frame.
  void send(int interfaceIndex, long frame, int length);
}
