package io.vireo.vr.fib;

import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Next-hop groups: the sets of adjacencies that FIB leaves name, each kept once and counted.
///
/// Group 0 is "no route" and always there. A group of several paths has a table of buckets, of
/// which a packet's flow hash chooses one; each path has as many as its weight says. A change of
/// the paths moves only the buckets it must, so that the flows of the paths that stay keep theirs
/// (resilient hashing).
public final class NextHopGroups {
  /// As many equal-cost paths as one route uses.
  public static final int MAX_PATHS = 64;

  public static final int NO_ROUTE = 0;

  /// Of a group: a flow must choose.
  public static final int SEVERAL = -1;

  private static final int BUCKETS_PER_PATH = 8;

  /// Of a group: with these a share is met to a thousandth.
  private static final int MAX_BUCKETS = 1_024;

  // In the place of a count.
  private static final int OPEN = -1;

  private final AdjacencyTable adjacencies;
  private final Map<List<Path>, Integer> byMembers = new HashMap<>();
  private final ArrayDeque<Integer> unused = new ArrayDeque<>();
  private final Retired retired;
  private final List<List<Path>> members = new ArrayList<>();
  private int[] references = new int[16];
  // The adjacency of a group of one path; [#SEVERAL] for others.
  private int[] single = new int[16];
  private int[][] paths = new int[16][];
  private int[][] buckets = new int[16][];
  private int count;
  private int inUse;

  /// Groups that one thread reads and writes.
  public NextHopGroups(AdjacencyTable adjacencies) {
    this(adjacencies, new Epochs());
  }

  /// @param epochs of their readers on other threads
  public NextHopGroups(AdjacencyTable adjacencies, Epochs epochs) {
    this.adjacencies = adjacencies;
    this.retired = new Retired(epochs, unused::add);
    acquire(List.of(Path.of(Adjacency.NO_ROUTE)));
  }

  /// The shared group of exactly these members, one reference more.
  public int acquire(List<Path> wanted) {
    List<Path> key = checked(wanted);
    Integer known = byMembers.get(key);
    int group = known == null ? create(key) : known;
    if (known == null) {
      byMembers.put(key, group);
    }
    references[group]++;
    return group;
  }

  /// A new open group.
  public int open(List<Path> wanted) {
    int group = create(checked(wanted));
    references[group] = OPEN;
    return group;
  }

  public boolean isOpen(int group) {
    return references[group] == OPEN;
  }

  /// Gives an open group other members: at once for every route that leads over it. Flows on a path
  /// that stays stay, as far as all paths get their share.
  public void replace(int group, List<Path> wanted) {
    int[] before = paths[group];
    set(group, checked(wanted), buckets[group]);
    for (int number : before) {
      adjacencies.release(number);
    }
  }

  private static List<Path> checked(List<Path> wanted) {
    if (wanted.isEmpty() || wanted.size() > MAX_PATHS) {
      throw new IllegalArgumentException(wanted.size() + " paths; 1 to " + MAX_PATHS + " fit");
    }
    return List.copyOf(wanted);
  }

  /// Gives one reference to a shared group back, of which the last one frees it; frees an open one.
  public void release(int group) {
    boolean open = isOpen(group);
    if (open || --references[group] == 0) {
      if (!open) {
        byMembers.remove(members.get(group));
      }
      references[group] = 0;
      members.set(group, List.of());
      for (int number : paths[group]) {
        adjacencies.release(number);
      }
      retired.add(group);
      retired.collect();
      inUse--;
    }
  }

  private int create(List<Path> wanted) {
    retired.collect();
    inUse++;
    Integer reused = unused.poll();
    int group = reused == null ? count++ : reused;
    if (group == single.length) {
      references = Arrays.copyOf(references, count * 2);
      single = Arrays.copyOf(single, count * 2);
      paths = Arrays.copyOf(paths, count * 2);
      buckets = Arrays.copyOf(buckets, count * 2);
    }
    if (group == members.size()) {
      members.add(List.of());
    }
    set(group, wanted, new int[0]);
    return group;
  }

  private void set(int group, List<Path> wanted, int[] before) {
    int[] numbers =
        wanted.stream().mapToInt(each -> adjacencies.acquire(each.adjacency())).toArray();
    members.set(group, wanted);
    paths[group] = numbers;
    buckets[group] = numbers.length == 1 ? numbers : spread(numbers, wanted, before);
    VarHandle.storeStoreFence(); // the buckets are there before they are looked at
    single[group] = numbers.length == 1 ? numbers[0] : SEVERAL;
  }

  /// Buckets for these paths, as many of each as its weight asks for.
  ///
  /// @param before those of the same group until now: what can stay stays
  private static int[] spread(int[] paths, List<Path> weights, int[] before) {
    int[] after = Arrays.copyOf(before, Math.max(before.length, buckets(weights)));
    int[] shares = shares(weights, after.length);
    Map<Integer, Integer> room = new HashMap<>();
    for (int i = 0; i < paths.length; i++) {
      room.merge(paths[i], shares[i], Integer::sum);
    }
    boolean[] settled = new boolean[after.length];
    for (int i = 0; i < before.length; i++) {
      int left = room.getOrDefault(before[i], 0);
      if (left > 0) {
        settled[i] = true;
        room.put(before[i], left - 1);
      }
    }
    int next = 0;
    for (int i = 0; i < after.length; i++) {
      if (!settled[i]) {
        while (room.getOrDefault(paths[next], 0) == 0) {
          next = (next + 1) % paths.length;
        }
        after[i] = paths[next];
        room.merge(paths[next], -1, Integer::sum);
        next = (next + 1) % paths.length;
      }
    }
    return after;
  }

  // A power of two: enough for every path, and for different weights to tell.
  private static int buckets(List<Path> weights) {
    long total = 0;
    long divisor = 0;
    for (Path each : weights) {
      total += each.weight();
      divisor = gcd(each.weight(), divisor);
    }
    long wanted =
        Math.max(weights.size(), Math.min(total / divisor, MAX_BUCKETS / BUCKETS_PER_PATH));
    return Math.toIntExact(Long.highestOneBit(wanted * BUCKETS_PER_PATH * 2 - 1));
  }

  private static long gcd(long one, long other) {
    return other == 0 ? one : gcd(other, one % other);
  }

  // Of `buckets`: each path has one at least, and what division leaves goes, one by one, to the
  // path that lacks most of its share.
  private static int[] shares(List<Path> weights, int buckets) {
    long total = weights.stream().mapToLong(Path::weight).sum();
    int[] shares = new int[weights.size()];
    int left = buckets;
    for (int i = 0; i < shares.length; i++) {
      shares[i] = (int) Math.max(1, (long) buckets * weights.get(i).weight() / total);
      left -= shares[i];
    }
    while (left != 0) {
      int step = Integer.signum(left);
      int chosen = -1;
      long most = Long.MIN_VALUE;
      for (int i = 0; i < shares.length; i++) {
        long lacks = step * ((long) buckets * weights.get(i).weight() - shares[i] * total);
        if (lacks > most && shares[i] + step > 0) {
          most = lacks;
          chosen = i;
        }
      }
      shares[chosen] += step;
      left -= step;
    }
    return shares;
  }

  /// The adjacency of `group`, or [#SEVERAL] when a flow must choose ([#select]).
  public int single(int group) {
    return single[group];
  }

  /// The adjacency of `group` that the flow with this hash takes: all packets of a flow take one
  /// path (RFC 2991 §3).
  public int select(int group, int flowHash) {
    int[] choice = buckets[group];
    return choice[flowHash & choice.length - 1];
  }

  /// The adjacency that [#single] or [#select] gave the number of.
  public Adjacency adjacency(int number) {
    return adjacencies.get(number);
  }

  /// The adjacencies of `group`, by number; not to be changed. Any thread.
  public int[] paths(int group) {
    return paths[group];
  }

  /// The members of `group`.
  public List<Path> members(int group) {
    return members.get(group);
  }

  /// Groups in use, "no route" included.
  public int size() {
    return inUse;
  }
}
