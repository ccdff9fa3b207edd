package io.vireo.vr.neighbour;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vireo.vr.neighbour.NeighbourTable.Wait;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// RFC 4861 §7.3 states on explicit time.
class NeighbourTableTest {
  private static final int ON = 1;
  private static final int MAX_WAITING = NeighbourTable.CAPACITY;
  private static final int ADDRESS = 0x0a000002;
  private static final long MAC = 0x0200_0000_0002L;

  private final List<String> events = new ArrayList<>();
  private final NeighbourTable table =
      new NeighbourTable(
          new NeighbourEvents() {
            @Override
            public void solicit(int interfaceIndex, long high, long low, long mac) {
              events.add(mac == NeighbourTable.UNKNOWN_MAC ? "broadcast" : "unicast");
            }

            @Override
            public boolean maySolicit(int interfaceIndex, long now) {
              return maySolicit;
            }

            @Override
            public void release(int interfaceIndex, long mac, long packet, int length) {
              events.add("release " + packet);
            }

            @Override
            public void abandon(int origin, long packet, int length) {
              events.add("abandon " + packet);
            }

            @Override
            public void changed(int interfaceIndex, long high, long low) {
              // nobody keeps what was told
            }

            @Override
            public boolean isNextHop(int interfaceIndex, long high, long low) {
              return nextHops.contains((int) low);
            }

            @Override
            public void discard(long packet) {
              events.add("discard " + packet);
            }
          },
          MAX_WAITING);
  private final Set<Integer> nextHops = new HashSet<>();
  private boolean maySolicit = true;
  private long nowNs = 1;

  @Test
  void unknown_packets_askOnceAndQueueEight() {
    for (int packet = 0; packet < NeighbourTable.QUEUE_PACKETS; packet++) {
      assertEquals(Wait.QUEUED, table.await(ON, 0, ADDRESS, packet, 60, 0, nowNs));
    }
    assertEquals(Wait.QUEUE_FULL, table.await(ON, 0, ADDRESS, 9, 60, 0, nowNs));
    assertEquals(List.of("broadcast"), events);
  }

  @Test
  void incomplete_silence_givesUpAfterThreeRequests() {
    table.await(ON, 0, ADDRESS, 5, 60, 0, nowNs);
    for (int second = 0; second < 3; second++) {
      step(NeighbourTable.RETRANSMIT_NS);
    }
    assertEquals(List.of("broadcast", "broadcast", "broadcast", "abandon 5"), events);
    assertEquals(0, table.size());
    assertEquals(NeighbourTable.NEVER, table.nextDeadlineNs());
  }

  @Test
  void reachable_ages_staleThenDelayThenProbeThenGone() {
    answered(ADDRESS);
    events.clear();
    assertState(NeighbourState.REACHABLE);
    step(NeighbourTable.REACHABLE_NS);
    assertState(NeighbourState.STALE);
    assertEquals(MAC, table.use(ON, 0, ADDRESS, nowNs));
    assertState(NeighbourState.DELAY);
    step(NeighbourTable.DELAY_NS);
    assertState(NeighbourState.PROBE);
    for (int probe = 0; probe < NeighbourTable.MAX_PROBES; probe++) {
      step(NeighbourTable.RETRANSMIT_NS);
    }
    assertEquals(List.of("unicast", "unicast", "unicast"), events);
    assertEquals(0, table.size());
  }

  @Test
  void reachableNextHop_ages_isAskedForWhileItIsUsed() {
    nextHops.add(ADDRESS);
    answered(ADDRESS);
    events.clear();
    step(NeighbourTable.REACHABLE_NS);
    assertState(NeighbourState.PROBE);
    assertEquals(List.of("unicast"), events);
    assertEquals(MAC, table.use(ON, 0, ADDRESS, nowNs));
    table.learn(ON, 0, ADDRESS, MAC, true, true, nowNs);
    assertState(NeighbourState.REACHABLE);
  }

  @Test
  void probe_answered_isReachableAgain() {
    table.learn(ON, 0, ADDRESS, MAC, false, true, nowNs);
    table.use(ON, 0, ADDRESS, nowNs);
    step(NeighbourTable.DELAY_NS);
    table.learn(ON, 0, ADDRESS, MAC, true, true, nowNs);
    assertState(NeighbourState.REACHABLE);
  }

  @Test
  void foreignTraffic_learn_makesNoEntry() {
    table.learn(ON, 0, ADDRESS, MAC, false, false, nowNs);
    assertEquals(0, table.size());
  }

  @Test
  void staticEntry_otherClaim_isIgnored() {
    table.installStatic(ON, 0, ADDRESS, MAC);
    table.learn(ON, 0, ADDRESS, MAC + 1, true, true, nowNs);
    table.flush(ON);
    assertEquals(MAC, table.use(ON, 0, ADDRESS, nowNs));
    assertState(NeighbourState.STATIC);
  }

  @Test
  void manyUnanswered_another_takesThePlaceOfTheOldest() {
    for (int i = 0; i < NeighbourTable.MAX_INCOMPLETE; i++) {
      table.await(ON, 0, i, i, 60, 0, nowNs);
    }
    events.clear();

    assertEquals(Wait.QUEUED, table.await(ON, 0, -5, 1, 60, 0, nowNs));

    assertEquals(List.of("discard 0", "broadcast"), events);
    assertEquals(NeighbourTable.MAX_INCOMPLETE, table.size());
  }

  /// RFC 6583: a scan does not cost the neighbours that exist their entries.
  @Test
  void fullOfStale_scan_takesAQuarterOfThePlaces() {
    fillWithStale();
    for (int i = 0; i < 3 * NeighbourTable.CAPACITY; i++) {
      assertEquals(Wait.QUEUED, table.await(ON, 1, i, 1, 60, 0, nowNs));
    }
    long stale =
        table.snapshot().stream().filter(each -> each.state() == NeighbourState.STALE).count();
    assertEquals(NeighbourTable.CAPACITY - NeighbourTable.MAX_INCOMPLETE, stale);
    assertEquals(NeighbourTable.CAPACITY, table.size());
    // Those that were confirmed first went first.
    assertEquals(NeighbourTable.UNKNOWN_MAC, table.use(ON, 0, 0, nowNs));
    assertEquals(MAC, table.use(ON, 0, NeighbourTable.CAPACITY - 1, nowNs));
  }

  @Test
  void fullOfStale_nextHops_stay() {
    fillWithStale();
    for (int i = 0; i < 100; i++) {
      nextHops.add(i);
    }
    for (int i = 0; i < 200; i++) {
      table.learn(ON, 1, i, MAC, false, true, nowNs);
    }
    for (int i = 0; i < 100; i++) {
      assertEquals(MAC, table.use(ON, 0, i, nowNs), "next hop " + i);
    }
  }

  /// What was a next hop and is none any more makes room too.
  @Test
  void fullOfFormerNextHops_another_findsRoom() {
    fillWithStale();
    for (int i = 0; i < NeighbourTable.CAPACITY; i++) {
      nextHops.add(i);
    }
    for (int i = 0; i < NeighbourTable.CAPACITY; i++) {
      table.await(ON, 1, -5, 1, 60, 0, nowNs);
    }
    assertEquals(Wait.TABLE_FULL, table.await(ON, 1, -5, 1, 60, 0, nowNs));

    nextHops.clear();

    assertEquals(Wait.QUEUED, table.await(ON, 1, -5, 1, 60, 0, nowNs));
  }

  @Test
  void tooManyAskedFor_another_isRefused_andNobodyIsAsked() {
    table.await(ON, 0, ADDRESS, 1, 60, 0, nowNs);
    events.clear();
    maySolicit = false;

    assertEquals(Wait.RATE_LIMITED, table.await(ON, 0, -5, 1, 60, 2, nowNs));
    assertEquals(Wait.QUEUED, table.await(ON, 0, ADDRESS, 2, 60, 0, nowNs)); // is asked for

    assertEquals(List.of(), events);
    assertEquals(1, table.size());
  }

  private void fillWithStale() {
    for (int i = 0; i < NeighbourTable.CAPACITY; i++) {
      table.learn(ON, 0, i, MAC, false, true, nowNs);
    }
  }

  /// Who confirms addresses by the thousand does not lock the others out.
  @Test
  void fullOfReachable_another_takesThePlaceOfTheOldestThatIsNoNextHop() {
    nextHops.add(0);
    for (int i = 0; i < NeighbourTable.CAPACITY; i++) {
      answered(i);
    }
    assertEquals(Wait.QUEUED, table.await(ON, 0, -5, 1, 60, 0, nowNs));
    assertEquals(MAC, table.use(ON, 0, 0, nowNs));
    assertEquals(NeighbourTable.UNKNOWN_MAC, table.use(ON, 0, 1, nowNs));
    table.installStatic(ON, 0, -6, MAC);
    assertEquals(MAC, table.use(ON, 0, -6, nowNs));
    assertEquals(NeighbourTable.CAPACITY, table.size());
  }

  private void answered(int address) {
    table.await(ON, 0, address, 1, 60, 0, nowNs);
    table.learn(ON, 0, address, MAC, true, true, nowNs);
  }

  /// An answer that nobody asked for says where a neighbour is, not that it is reached.
  @Test
  void unaskedAnswer_makesAnEntryThatIsStale() {
    table.learn(ON, 0, ADDRESS, MAC, true, true, nowNs);
    assertState(NeighbourState.STALE);
  }

  /// What scans ask for is limited; what the router sends itself, and its next hops, are not.
  @Test
  void tooManyAskedFor_ownPacketsAndNextHops_areNotRefused() {
    maySolicit = false;
    nextHops.add(7);
    assertEquals(Wait.RATE_LIMITED, table.await(ON, 0, 5, 1, 60, 2, nowNs));
    assertEquals(Wait.QUEUED, table.await(ON, 0, 6, 1, 60, 0, nowNs));
    assertEquals(Wait.QUEUED, table.await(ON, 0, 7, 1, 60, 2, nowNs));
  }

  @Test
  void manyUnanswered_packets_areBoundedForAllTogether() {
    int queued = 0;
    for (int i = 0; i < NeighbourTable.MAX_INCOMPLETE; i++) {
      for (int packet = 0; packet < NeighbourTable.QUEUE_PACKETS; packet++) {
        queued += table.await(ON, 0, i, packet, 60, 0, nowNs) == Wait.QUEUED ? 1 : 0;
      }
    }
    assertEquals(MAX_WAITING, queued);
    for (int second = 0; second < 3; second++) {
      step(NeighbourTable.RETRANSMIT_NS);
    }
    assertEquals(Wait.QUEUED, table.await(ON, 0, ADDRESS, 1, 60, 0, nowNs)); // all are back
  }

  private void step(long ns) {
    nowNs += ns;
    table.onDeadline(nowNs);
  }

  private void assertState(NeighbourState expected) {
    assertEquals(expected, table.snapshot().getFirst().state());
  }
}
