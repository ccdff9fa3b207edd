package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.vr.forward.GroupMembership.Change;
import io.vireo.vr.forward.GroupMembership.GroupRecord;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.IgmpMessage;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.NetworkOrder;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Builds the reports of members of groups (RFC 3376 §4.2, RFC 2236 §2) and puts them on their
/// interface. Without a free buffer nothing is sent: a change is reported again, and routers ask.
final class IgmpOutput {
  private static final int HEADER_BYTES = Ipv4Header.MIN_BYTES + Ipv4Header.ROUTER_ALERT_BYTES;
  private static final int RECORD_BYTES = 8;
  private static final int MAX_RECORDS = 100;

  private final PacketPool pool;
  private final MemorySegment memory;
  private int identification;

  IgmpOutput(PacketPool pool) {
    this.pool = pool;
    this.memory = pool.memory();
  }

  /// @param stepsBack 0: version 3; 1 or 2: one of those before, one message for each group
  void report(RouterInterface on, List<GroupRecord> records, int stepsBack) {
    if (stepsBack > 0) {
      for (GroupRecord each : records) {
        reportOld(on, each, stepsBack);
      }
      return;
    }
    for (int from = 0; from < records.size(); from += MAX_RECORDS) {
      report(on, records.subList(from, Math.min(from + MAX_RECORDS, records.size())));
    }
  }

  private void report(RouterInterface on, List<GroupRecord> records) {
    long message = begin(on);
    if (message < 0) {
      return;
    }
    int length = IgmpMessage.BYTES;
    for (GroupRecord each : records) {
      NetworkOrder.put32(memory, message + length, each.change().type() << 24);
      NetworkOrder.put32(memory, message + length + 4, each.group().ipv4());
      length += RECORD_BYTES;
    }
    send(on, message, Ipv4Address.IGMP_ROUTERS, IgmpMessage.REPORT_V3, records.size(), length);
  }

  private void reportOld(RouterInterface on, GroupRecord each, int stepsBack) {
    boolean gone = each.change() == Change.TO_INCLUDE;
    boolean oldest = stepsBack > 1;
    if (gone && oldest) {
      return; // RFC 1112: one is silent
    }
    long message = begin(on);
    if (message < 0) {
      return;
    }
    int group = each.group().ipv4();
    int type = gone ? IgmpMessage.LEAVE : oldest ? IgmpMessage.REPORT_V1 : IgmpMessage.REPORT_V2;
    send(on, message, gone ? Ipv4Address.ALL_ROUTERS : group, type, group, IgmpMessage.BYTES);
  }

  private long begin(RouterInterface on) {
    long frame = pool.allocate();
    if (frame < 0) {
      on.counters().outDiscards++;
      return -1;
    }
    memory.asSlice(frame, EthernetHeader.MIN_FRAME_BYTES).fill((byte) 0); // what pads a short one
    return frame + EthernetHeader.BYTES + HEADER_BYTES;
  }

  private void send(RouterInterface on, long message, int to, int type, int word, int length) {
    IgmpMessage.write(memory, message, type, word, length);
    long packet = message - HEADER_BYTES;
    Ipv4Header.writeWithAlert(
        memory,
        packet,
        HEADER_BYTES + length,
        identification++,
        Ipv4Header.PROTOCOL_IGMP,
        on.primaryAddress(),
        to);
    long frame = packet - EthernetHeader.BYTES;
    EthernetHeader.write(
        memory, frame, Ipv4Address.groupMac(to), on.mac(), EthernetHeader.TYPE_IPV4);
    on.send(
        frame,
        Math.max(EthernetHeader.MIN_FRAME_BYTES, EthernetHeader.BYTES + HEADER_BYTES + length));
  }
}
