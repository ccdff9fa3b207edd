package io.vireo.netconf.monitoring;

import java.util.concurrent.atomic.LongAdder;

/// RFC 6022 §2.1.5: what the server counts.
public final class SessionCounters {
  private final LongAdder inBadHellos = new LongAdder();
  private final LongAdder inSessions = new LongAdder();
  private final LongAdder droppedSessions = new LongAdder();
  private final LongAdder inRpcs = new LongAdder();
  private final LongAdder inBadRpcs = new LongAdder();
  private final LongAdder outRpcErrors = new LongAdder();

  public void onStarted() {
    inSessions.increment();
  }

  public void onBadHello() {
    inBadHellos.increment();
  }

  public void onDropped() {
    droppedSessions.increment();
  }

  public void onRpc() {
    inRpcs.increment();
  }

  public void onBadRpc() {
    inBadRpcs.increment();
  }

  public void onErrorReply() {
    outRpcErrors.increment();
  }

  long inBadHellos() {
    return inBadHellos.sum();
  }

  long inSessions() {
    return inSessions.sum();
  }

  long droppedSessions() {
    return droppedSessions.sum();
  }

  long inRpcs() {
    return inRpcs.sum();
  }

  long inBadRpcs() {
    return inBadRpcs.sum();
  }

  long outRpcErrors() {
    return outRpcErrors.sum();
  }
}
