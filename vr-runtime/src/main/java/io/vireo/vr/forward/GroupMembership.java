package io.vireo.vr.forward;

import io.vireo.vr.neighbour.NeighbourTable;
import io.vireo.vr.wire.IpAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/// The multicast groups that an interface has joined, and when that is to be reported: the host's
/// side of MLDv2 (RFC 3810 §6) and of IGMPv3 (RFC 3376 §5), which is the same, from any source.
/// Owned by the worker.
public final class GroupMembership {
  /// RFC 3810 §9.1: a change is reported so often.
  private static final int ROBUSTNESS = 2;

  /// RFC 3810 §9.11: the longest time between two reports of one change.
  private static final long UNSOLICITED_NS = 1_000_000_000L;

  /// RFC 3810 §9.12, with the defaults of §9.2 and §9.3: two query intervals and one response.
  private static final long OLD_QUERIER_NS = (2 * 125 + 10) * 1_000_000_000L;

  /// Of IGMP; MLD has one.
  private static final int VERSIONS_BEFORE = 2;

  /// What a report says of a group (RFC 3810 §5.2.12).
  enum Change {
    IS_EXCLUDE(2),
    TO_INCLUDE(3),
    TO_EXCLUDE(4);

    private final int type;

    Change(int type) {
      this.type = type;
    }

    int type() {
      return type;
    }
  }

  /// One line of a report.
  record GroupRecord(Change change, IpAddress group) {}

  private static final class Group {
    boolean joined = true;
    int reportsLeft;
    long changeNs = NeighbourTable.NEVER;
    long answerNs = NeighbourTable.NEVER;
  }

  private final Map<IpAddress, Group> groups = new LinkedHashMap<>();
  private Set<IpAddress> own = Set.of();
  // Of those joined, for packets.
  private long[] high = {};
  private long[] low = {};
  private long answerAllNs = NeighbourTable.NEVER;

  /// By how many versions before, less 1.
  private final long[] oldQuerierUntilNs = new long[VERSIONS_BEFORE];

  GroupMembership() {
    Arrays.fill(oldQuerierUntilNs, Long.MIN_VALUE);
  }

  /// The groups that the interface itself wants to be in, in place of those before.
  void setOwn(Set<IpAddress> wanted, long nowNs) {
    for (IpAddress group : wanted) {
      if (!own.contains(group)) {
        join(group, nowNs);
      }
    }
    for (IpAddress group : own) {
      if (!wanted.contains(group)) {
        leave(group, nowNs);
      }
    }
    own = new HashSet<>(wanted);
  }

  private void join(IpAddress group, long nowNs) {
    Group known = groups.computeIfAbsent(group, each -> new Group());
    known.joined = true;
    known.reportsLeft = ROBUSTNESS;
    known.changeNs = nowNs;
    index();
  }

  private void leave(IpAddress group, long nowNs) {
    Group known = groups.get(group);
    if (known != null) {
      known.joined = false;
      known.reportsLeft = ROBUSTNESS;
      known.changeNs = nowNs;
      known.answerNs = NeighbourTable.NEVER;
      index();
    }
  }

  /// The link came up: whoever listens there is told again.
  void restart(long nowNs) {
    groups.values().removeIf(group -> !group.joined);
    for (Group group : groups.values()) {
      group.reportsLeft = ROBUSTNESS;
      group.changeNs = nowNs;
      group.answerNs = NeighbourTable.NEVER;
    }
    answerAllNs = NeighbourTable.NEVER;
    Arrays.fill(oldQuerierUntilNs, Long.MIN_VALUE);
  }

  private void index() {
    List<IpAddress> joined = joined();
    high = joined.stream().mapToLong(IpAddress::high).toArray();
    low = joined.stream().mapToLong(IpAddress::low).toArray();
  }

  /// The groups joined, in the order in which they were.
  public List<IpAddress> joined() {
    return groups.entrySet().stream()
        .filter(each -> each.getValue().joined)
        .map(Map.Entry::getKey)
        .toList();
  }

  boolean isMember(long groupHigh, long groupLow) {
    for (int i = 0; i < low.length; i++) {
      if (low[i] == groupLow && high[i] == groupHigh) {
        return true;
      }
    }
    return false;
  }

  /// A router asks who is in any group (RFC 3810 §6.2); the answer takes its time.
  void queried(long maxDelayNs, RandomGenerator random, long nowNs) {
    answerAllNs = Math.min(answerAllNs, nowNs + random.nextLong(maxDelayNs + 1));
  }

  /// A router asks who is in a group.
  void queried(IpAddress group, long maxDelayNs, RandomGenerator random, long nowNs) {
    Group known = groups.get(group);
    if (known != null && known.joined) {
      known.answerNs = Math.min(known.answerNs, nowNs + random.nextLong(maxDelayNs + 1));
    }
  }

  /// A router on the link speaks a version before only (RFC 3810 §8.2.1, RFC 3376 §7.2.1).
  ///
  /// @param steps how many before
  void heardOldQuerier(int steps, long nowNs) {
    int before = stepsBack(nowNs);
    oldQuerierUntilNs[steps - 1] = nowNs + OLD_QUERIER_NS;
    if (stepsBack(nowNs) != before) {
      // What was to be said is to be said in another version: routers ask again.
      answerAllNs = NeighbourTable.NEVER;
      groups.values().forEach(group -> group.answerNs = NeighbourTable.NEVER);
    }
  }

  /// How many versions before the latest reports are to be of.
  public int stepsBack(long nowNs) {
    int steps = VERSIONS_BEFORE;
    while (steps > 0 && nowNs >= oldQuerierUntilNs[steps - 1]) {
      steps--;
    }
    return steps;
  }

  /// Another node reported the group in the version before, which is enough (RFC 2710 §4).
  void reportedByOther(IpAddress group, long nowNs) {
    Group known = groups.get(group);
    if (known != null && stepsBack(nowNs) > 0) {
      known.answerNs = NeighbourTable.NEVER;
    }
  }

  /// When [#due] wants to be called next.
  long nextDeadlineNs() {
    long next = answerAllNs;
    for (Group group : groups.values()) {
      next = Math.min(next, Math.min(group.changeNs, group.answerNs));
    }
    return next;
  }

  /// What is to be reported now.
  List<GroupRecord> due(RandomGenerator random, long nowNs) {
    List<GroupRecord> records = new ArrayList<>();
    boolean all = answerAllNs <= nowNs;
    if (all) {
      answerAllNs = NeighbourTable.NEVER;
    }
    groups.forEach((address, group) -> {
      if (group.changeNs <= nowNs) {
        records.add(new GroupRecord(group.joined ? Change.TO_EXCLUDE : Change.TO_INCLUDE, address));
        group.reportsLeft--;
        group.changeNs =
            group.reportsLeft > 0
                ? nowNs + 1 + random.nextLong(UNSOLICITED_NS)
                : NeighbourTable.NEVER;
      } else if (group.joined && (all || group.answerNs <= nowNs)) {
        records.add(new GroupRecord(Change.IS_EXCLUDE, address));
      }
      if (all || group.answerNs <= nowNs) {
        group.answerNs = NeighbourTable.NEVER;
      }
    });
    groups.values().removeIf(group -> !group.joined && group.reportsLeft == 0);
    return records;
  }
}
