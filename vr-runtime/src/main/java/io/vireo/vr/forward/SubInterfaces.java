package io.vireo.vr.forward;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The sub-interfaces of a port by the numbers of their tags. Does not change: any thread may ask.
final class SubInterfaces {
  static final SubInterfaces NONE = new SubInterfaces(new long[0], new RouterInterface[0]);

  // Ascending, and whose they are.
  private final long[] keys;
  private final RouterInterface[] interfaces;

  private SubInterfaces(long[] keys, RouterInterface[] interfaces) {
    this.keys = keys;
    this.interfaces = interfaces;
  }

  boolean isEmpty() {
    return keys.length == 0;
  }

  /// Whose tags have that number, or null.
  @Nullable RouterInterface lookup(long key) {
    int at = Arrays.binarySearch(keys, key);
    return at < 0 ? null : interfaces[at];
  }

  /// These and one more.
  SubInterfaces with(RouterInterface added, long key) {
    int at = -1 - Arrays.binarySearch(keys, key);
    if (at < 0) {
      throw new IllegalStateException(added.name() + " has the tags of " + lookup(key));
    }
    long[] more = new long[keys.length + 1];
    RouterInterface[] all = new RouterInterface[more.length];
    for (int i = 0; i < more.length; i++) {
      more[i] = i == at ? key : keys[i < at ? i : i - 1];
      all[i] = i == at ? added : interfaces[i < at ? i : i - 1];
    }
    return new SubInterfaces(more, all);
  }

  /// These but one.
  SubInterfaces without(RouterInterface gone) {
    List<Integer> left = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      if (interfaces[i].index() != gone.index()) {
        left.add(i);
      }
    }
    return new SubInterfaces(
        left.stream().mapToLong(i -> keys[i]).toArray(),
        left.stream().map(i -> interfaces[i]).toArray(RouterInterface[]::new));
  }
}
