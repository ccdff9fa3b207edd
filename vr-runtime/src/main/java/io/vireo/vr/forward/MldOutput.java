package io.vireo.vr.forward;

import io.vireo.vr.forward.GroupMembership.Change;
import io.vireo.vr.forward.GroupMembership.GroupRecord;
import io.vireo.vr.wire.Icmpv6Message;
import io.vireo.vr.wire.IpAddress;
import io.vireo.vr.wire.Ipv6Address;
import io.vireo.vr.wire.NdMessage;
import io.vireo.vr.wire.NetworkOrder;
import java.lang.foreign.MemorySegment;
import java.util.List;

/// Builds the reports of multicast listeners (RFC 3810 §5.2, RFC 2710 §3) and puts them on their
/// interface.
final class MldOutput {
  private static final int RECORD_BYTES = 20;
  private static final int MAX_RECORDS = 50;
  private static final int OLD_REPORT_BYTES = 24;

  private final Icmpv6Output output;
  private final MemorySegment memory;

  MldOutput(Icmpv6Output output) {
    this.output = output;
    this.memory = output.memory();
  }

  /// @param old in the version before, one message for each group
  void report(RouterInterface on, List<GroupRecord> records, boolean old) {
    if (old) {
      for (GroupRecord each : records) {
        reportOld(on, each);
      }
      return;
    }
    for (int from = 0; from < records.size(); from += MAX_RECORDS) {
      report(on, records.subList(from, Math.min(from + MAX_RECORDS, records.size())));
    }
  }

  private void report(RouterInterface on, List<GroupRecord> records) {
    long message = output.begin(on, true);
    if (message == Icmpv6Output.NONE) {
      return;
    }
    int length = Icmpv6Message.HEADER_BYTES;
    for (GroupRecord each : records) {
      NetworkOrder.put32(memory, message + length, each.change().type() << 24);
      NetworkOrder.put64(memory, message + length + 4, each.group().high());
      NetworkOrder.put64(memory, message + length + 12, each.group().low());
      length += RECORD_BYTES;
    }
    send(
        on,
        message,
        new IpAddress(Ipv6Address.LINK_GROUP_HIGH, Ipv6Address.MLD_ROUTERS_LOW),
        Icmpv6Message.LISTENER_REPORT_V2,
        records.size(),
        length);
  }

  private void reportOld(RouterInterface on, GroupRecord each) {
    long message = output.begin(on, true);
    if (message == Icmpv6Output.NONE) {
      return;
    }
    NdMessage.putTarget(memory, message, each.group().high(), each.group().low());
    boolean gone = each.change() == Change.TO_INCLUDE;
    send(
        on,
        message,
        gone
            ? new IpAddress(Ipv6Address.LINK_GROUP_HIGH, Ipv6Address.ALL_ROUTERS_LOW)
            : each.group(),
        gone ? Icmpv6Message.LISTENER_DONE : Icmpv6Message.LISTENER_REPORT,
        0,
        OLD_REPORT_BYTES);
  }

  // RFC 3810 §5.2.13: from the link-local address, or :: as long as there is none.
  private void send(
      RouterInterface on, long message, IpAddress to, int type, int word, int length) {
    output.send(
        on,
        message,
        true,
        Ipv6Address.groupMac(to.low()),
        on.ipv6().linkLocal(),
        to.high(),
        to.low(),
        1,
        type,
        word,
        length);
  }
}
