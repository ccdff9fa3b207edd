package io.vireo.vr.rib;

import io.vireo.vr.fib.Path;
import io.vireo.vr.wire.IpPrefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The next hops that routes have in common, what they come down to now, and the group of the
/// forwarding table that stands for them: when a link changes the group changes, not the routes.
///
/// Its routes are a list through themselves, so that they are found when the set comes to have no
/// path at all, or some again.
final class NextHopSet<P extends IpPrefix> {
  final List<NextHop> hops;
  final int group;
  List<Path> paths = List.of();
  private @Nullable StaticEntry<P> first;

  /// The next route to settle; null: none is unsettled.
  private @Nullable StaticEntry<P> cursor;

  NextHopSet(List<NextHop> hops, int group) {
    this.hops = hops;
    this.group = group;
  }

  boolean isUsable() {
    return !paths.isEmpty();
  }

  boolean isUnused() {
    return first == null;
  }

  void add(StaticEntry<P> entry) {
    entry.next = first;
    if (first != null) {
      first.previous = entry;
    }
    first = entry;
  }

  @SuppressWarnings("ReferenceEquality") // places in a list
  void remove(StaticEntry<P> entry) {
    if (cursor == entry) {
      cursor = entry.next;
    }
    if (entry.previous == null) {
      first = entry.next;
    } else {
      entry.previous.next = entry.next;
    }
    if (entry.next != null) {
      entry.next.previous = entry.previous;
    }
    entry.previous = null;
    entry.next = null;
  }

  /// All its routes are to be settled.
  void unsettle() {
    cursor = first;
  }

  /// Takes the next route to settle, or null.
  @Nullable StaticEntry<P> takeUnsettled() {
    StaticEntry<P> taken = cursor;
    cursor = taken == null ? null : taken.next;
    return taken;
  }
}
