package io.vireo.vr.forward;

/// RFC 8343 `statistics` of one interface, written by the worker.
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
}
