package io.vireo.vr.fib;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Next-hop groups: the sets of adjacencies that FIB leaves name, each kept once and counted.
///
/// Group 0 is "no route" and always there.
public final class NextHopGroups {
  /// As many equal-cost paths as one route uses.
  public static final int MAX_PATHS = 64;

  public static final int NO_ROUTE = 0;

  private final Map<List<Adjacency>, Integer> byMembers = new HashMap<>();
  private final ArrayDeque<Integer> unused = new ArrayDeque<>();
  private Adjacency[][] members = new Adjacency[16][];
  private int[] references = new int[16];
  private int count;

  public NextHopGroups() {
    acquire(List.of(Adjacency.NO_ROUTE));
  }

  /// The group of exactly these members, one reference more.
  public int acquire(List<Adjacency> wanted) {
    if (wanted.isEmpty() || wanted.size() > MAX_PATHS) {
      throw new IllegalArgumentException(wanted.size() + " paths; 1 to " + MAX_PATHS + " fit");
    }
    int group = byMembers.computeIfAbsent(List.copyOf(wanted), this::create);
    references[group]++;
    return group;
  }

  /// Gives one reference back; the last one frees the group.
  public void release(int group) {
    if (--references[group] == 0) {
      byMembers.remove(List.of(members[group]));
      unused.add(group);
    }
  }

  private int create(List<Adjacency> wanted) {
    Integer reused = unused.poll();
    int group = reused == null ? count++ : reused;
    if (group == members.length) {
      members = Arrays.copyOf(members, count * 2);
      references = Arrays.copyOf(references, count * 2);
    }
    members[group] = wanted.toArray(Adjacency[]::new);
    return group;
  }

  /// The only member of `group`, or null when it has several and a flow must choose ([#select]).
  public @Nullable Adjacency single(int group) {
    Adjacency[] paths = members[group];
    return paths.length == 1 ? paths[0] : null;
  }

  /// The member of `group` that the flow with this hash takes: all packets of a flow take one path
  /// (RFC 2991 §3).
  public Adjacency select(int group, int flowHash) {
    Adjacency[] paths = members[group];
    if (paths.length == 1) {
      return paths[0];
    }
    // Maps the hash onto 0..n-1 by multiplication: no division.
    return paths[(int) ((flowHash & 0xffffffffL) * paths.length >>> 32)];
  }

  /// The members of `group`.
  public List<Adjacency> members(int group) {
    return List.of(members[group]);
  }

  /// Groups in use, "no route" included.
  public int size() {
    return byMembers.size();
  }
}
