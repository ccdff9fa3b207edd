package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;

/// The data plane's own interfaces.
///
/// Drops: INTERFACE_DOWN (it is gone).
final class InterfaceTarget implements FrameTarget {
  private final InterfaceTable interfaces;
  private final PacketPool pool;
  private final Drops drops;

  InterfaceTarget(InterfaceTable interfaces, PacketPool pool, Drops drops) {
    this.interfaces = interfaces;
    this.pool = pool;
    this.drops = drops;
  }

  @Override
  public boolean reaches(int interfaceIndex) {
    return interfaces.lookup(interfaceIndex) != null;
  }

  @Override
  public void send(int interfaceIndex, PacketVector frames) {
    RouterInterface out = interfaces.lookup(interfaceIndex);
    if (out == null) {
      drops.note(DropReason.INTERFACE_DOWN, frames.size());
      pool.freeAll(frames);
    } else {
      out.sendUnicast(frames);
    }
  }

  @Override
  public void send(int interfaceIndex, long frame, int length) {
    RouterInterface out = interfaces.lookup(interfaceIndex);
    if (out == null) {
      drops.drop(DropReason.INTERFACE_DOWN, frame);
    } else {
      out.sendUnicast(frame, length);
    }
  }
}
