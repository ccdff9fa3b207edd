package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.VlanTag;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/// Takes the tags off frames and finds the sub-interfaces whose they are (IEEE 802.1Q §9); a frame
/// with a priority tag alone is the port's own.
///
/// Drops: VLAN_UNKNOWN. Next: [EthernetInput], once for each sub-interface.
final class VlanInput {
  final PacketVector input = new PacketVector();
  private final MemorySegment memory;
  private final Drops drops;

  VlanInput(PacketPool pool, Drops drops) {
    this.memory = pool.memory();
    this.drops = drops;
  }

  /// Moves the frames of one sub-interface, of those that are left, into a vector that is empty.
  ///
  /// @param port where all of them came in
  /// @return whose they are; null: none is left
  @Nullable RouterInterface next(RouterInterface port, PacketVector into) {
    RouterInterface of = null;
    int kept = 0;
    for (int i = 0; i < input.size(); i++) {
      RouterInterface owner = ownerOf(port, i);
      if (owner == null) {
        port.counters().inUnknownProtos++;
        drops.drop(DropReason.VLAN_UNKNOWN, input.offset(i));
      } else if (of == null || of.index() == owner.index()) {
        of = owner;
        strip(i, owner);
        into.append(input, i);
      } else {
        input.move(i, kept++);
      }
    }
    input.truncate(kept);
    return of;
  }

  private @Nullable RouterInterface ownerOf(RouterInterface port, int i) {
    long frame = input.offset(i);
    int length = input.length(i);
    if (length < EthernetHeader.BYTES + VlanTag.BYTES) {
      return null;
    }
    if (VlanTag.id(memory, frame) == VlanTag.PRIORITY_ONLY) {
      boolean another = VlanTag.isTag(EthernetHeader.type(memory, frame + VlanTag.BYTES));
      return another ? null : port;
    }
    return port.subInterfaces().lookup(VlanTags.read(memory, frame, length));
  }

  private void strip(int i, RouterInterface owner) {
    int bytes = VlanTag.BYTES;
    VlanTags tags = owner.tags();
    if (tags != null && tags.innerId() != 0) {
      VlanTag.remove(memory, input.offset(i));
      input.advance(i, VlanTag.BYTES);
    }
    VlanTag.remove(memory, input.offset(i));
    input.advance(i, bytes);
    input.setInterfaceIndex(i, owner.index());
  }
}
