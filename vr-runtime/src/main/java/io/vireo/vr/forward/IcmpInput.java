package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import java.lang.foreign.MemorySegment;

/// ICMP for the router: answers echo requests in place, hands replies and errors to the sockets.
///
/// Drops: ICMP_MALFORMED, ICMP_MALFORMED, PROTOCOL_UNKNOWN; consumed ones count as ICMP_DONE. Next:
/// [Ipv4Lookup] for echo replies.
final class IcmpInput {
  private final MemorySegment memory;
  private final Drops drops;
  private final InterfaceTable interfaces;
  private final LocalDelivery delivery;
  private final PacketVector lookup;
  private int identification;

  IcmpInput(
      PacketPool pool,
      Drops drops,
      InterfaceTable interfaces,
      LocalDelivery delivery,
      PacketVector lookup) {
    this.memory = pool.memory();
    this.drops = drops;
    this.interfaces = interfaces;
    this.delivery = delivery;
    this.lookup = lookup;
  }

  void take(PacketVector vector, int i) {
    long packet = vector.offset(i);
    int headerBytes = Ipv4Header.headerBytes(memory, packet);
    long message = packet + headerBytes;
    int length = vector.length(i) - headerBytes;
    if (length < IcmpMessage.HEADER_BYTES) {
      drops.drop(DropReason.ICMP_MALFORMED, packet);
      return;
    }
    if (!IcmpMessage.checksumIsGood(memory, message, length)) {
      drops.drop(DropReason.ICMP_MALFORMED, packet);
      return;
    }
    int type = IcmpMessage.type(memory, message);
    if (type == IcmpMessage.ECHO) {
      echo(vector, i, packet, headerBytes, message, length);
    } else if (type == IcmpMessage.ECHO_REPLY) {
      int ttl = Ipv4Header.ttl(memory, packet);
      delivery.onEchoReply(message, length, Ipv4Header.source(memory, packet), ttl);
      drops.drop(DropReason.ICMP_DONE, packet);
    } else if (type == IcmpMessage.SOURCE_QUENCH || type == IcmpMessage.REDIRECT) {
      // RFC 6633 §4: silently; RFC 1812 §5.2.7.2: a router that routes ignores redirects
      drops.drop(DropReason.ICMP_DONE, packet);
    } else if (IcmpMessage.isError(type)) {
      drops.drop(error(packet, message, length, type), packet);
    } else {
      drops.drop(DropReason.PROTOCOL_UNKNOWN, packet);
    }
  }

  /// RFC 1812 §4.3.3.6: data returned unchanged, source and destination exchanged.
  private void echo(
      PacketVector vector, int i, long packet, int headerBytes, long message, int length) {
    int source = Ipv4Header.source(memory, packet);
    int own = Ipv4Header.destination(memory, packet);
    if (lookup.remaining() == 0 || Ipv4Address.isMartianSource(source) || !isOurs(own)) {
      // RFC 1812 §4.3.3.6: an echo request to a broadcast address may be ignored
      drops.drop(DropReason.PROTOCOL_UNKNOWN, packet);
      return;
    }
    IcmpMessage.write(
        memory,
        message,
        IcmpMessage.ECHO_REPLY,
        0,
        IcmpMessage.identifier(memory, message),
        IcmpMessage.sequence(memory, message),
        length);
    vector.advance(i, headerBytes - Ipv4Header.MIN_BYTES); // options end here
    Ipv4Header.write(
        memory,
        vector.offset(i),
        length + Ipv4Header.MIN_BYTES,
        identification++,
        0,
        Ipv4Header.DEFAULT_TTL,
        Ipv4Header.PROTOCOL_ICMP,
        own,
        source);
    vector.setFlags(i, PacketVector.FLAG_LOCAL_ORIGIN);
    vector.setInterfaceIndex(i, 0);
    lookup.append(vector, i);
  }

  private boolean isOurs(int address) {
    for (int index = 1; index < interfaces.limit(); index++) {
      RouterInterface candidate = interfaces.lookup(index);
      if (candidate != null && candidate.hasAddress(address)) {
        return true;
      }
    }
    return false;
  }

  /// RFC 792: the error quotes the header and first eight bytes of the packet it is about.
  private DropReason error(long packet, long message, int length, int type) {
    long quoted = message + IcmpMessage.HEADER_BYTES;
    int quotedBytes = length - IcmpMessage.HEADER_BYTES;
    if (quotedBytes < Ipv4Header.MIN_BYTES + 8
        || Ipv4Header.version(memory, quoted) != 4
        || Ipv4Header.headerBytes(memory, quoted) < Ipv4Header.MIN_BYTES
        || Ipv4Header.headerBytes(memory, quoted) + 8 > quotedBytes) {
      return DropReason.ICMP_MALFORMED;
    }
    int reporter = Ipv4Header.source(memory, packet);
    delivery.onError(quoted, quotedBytes, type, IcmpMessage.code(memory, message), reporter);
    return DropReason.ICMP_DONE;
  }
}
