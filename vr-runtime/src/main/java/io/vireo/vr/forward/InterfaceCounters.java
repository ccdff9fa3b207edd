package io.vireo.vr.forward;

/// RFC 8343 `statistics` of one interface, written by one worker.
public final class InterfaceCounters {
  public long inOctets;
  public long inUnicastPkts;
  public long inBroadcastPkts;
  public long inMulticastPkts;
  public long inDiscards;
  public long inErrors;
  public long inUnknownProtos;
  public long outOctets;
  public long outUnicastPkts;
  public long outBroadcastPkts;
  public long outMulticastPkts;
  public long outDiscards;
  public long outErrors;

  void add(InterfaceCounters other) {
    inOctets += other.inOctets;
    inUnicastPkts += other.inUnicastPkts;
    inBroadcastPkts += other.inBroadcastPkts;
    inMulticastPkts += other.inMulticastPkts;
    inDiscards += other.inDiscards;
    inErrors += other.inErrors;
    inUnknownProtos += other.inUnknownProtos;
    outOctets += other.outOctets;
    outUnicastPkts += other.outUnicastPkts;
    outBroadcastPkts += other.outBroadcastPkts;
    outMulticastPkts += other.outMulticastPkts;
    outDiscards += other.outDiscards;
    outErrors += other.outErrors;
  }
}
