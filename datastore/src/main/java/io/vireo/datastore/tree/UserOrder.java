package io.vireo.datastore.tree;

import io.vireo.schema.edit.Position;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserLeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserMapNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// The order of user-ordered lists and leaf-lists (RFC 7950 §7.7.7).
public final class UserOrder {
  private UserOrder() {}

  /// The list with one of its entries in another place; null where the anchor is not there. A list
  /// whose order is the system's is left as it is.
  ///
  /// @param entry an entry that is there
  static @Nullable NormalizedNode move(
      @Nullable NormalizedNode list, PathArgument entry, Position position) {
    return switch (list) {
      case UserMapNode map -> {
        List<MapEntryNode> entries = moved(new ArrayList<>(map.body()), entry, position);
        yield entries == null
            ? null
            : ImmutableNodes.newUserMapBuilder()
                .withNodeIdentifier(map.name())
                .withValue(entries)
                .build();
      }
      case UserLeafSetNode<?> set -> leafSet(set, entry, position);
      case null, default -> list;
    };
  }

  /// The entries of both lists that have changed sides with another: of two that were swapped,
  /// both, for which of them was moved the outcome does not tell. What came or went moves no other.
  public static List<NormalizedNode> reordered(
      DistinctNodeContainer<?, ?> before, DistinctNodeContainer<?, ?> after) {
    Map<PathArgument, Integer> places = new HashMap<>();
    before.body().forEach(entry -> places.put(entry.name(), places.size()));
    List<NormalizedNode> common = new ArrayList<>();
    for (NormalizedNode entry : after.body()) {
      if (places.containsKey(entry.name())) {
        common.add(entry);
      }
    }
    int[] was = common.stream().mapToInt(entry -> places.getOrDefault(entry.name(), 0)).toArray();
    BitSet crossed = new BitSet();
    int latest = -1;
    for (int i = 0; i < was.length; i++) {
      latest = Math.max(latest, was[i]);
      crossed.set(i, was[i] < latest); // one that followed it stands before it
    }
    int earliest = was.length + places.size();
    for (int i = was.length - 1; i >= 0; i--) {
      earliest = Math.min(earliest, was[i]);
      if (was[i] > earliest) {
        crossed.set(i);
      }
    }
    return crossed.stream().mapToObj(common::get).toList();
  }

  private static <T> @Nullable NormalizedNode leafSet(
      UserLeafSetNode<T> set, PathArgument entry, Position position) {
    List<LeafSetEntryNode<T>> entries = moved(new ArrayList<>(set.body()), entry, position);
    return entries == null
        ? null
        : ImmutableNodes.<T>newUserLeafSetBuilder()
            .withNodeIdentifier(set.name())
            .withValue(entries)
            .build();
  }

  private static <N extends NormalizedNode> @Nullable List<N> moved(
      List<N> entries, PathArgument entry, Position position) {
    int from = indexOf(entries, entry);
    if (position instanceof Position.Before(PathArgument anchor) && anchor.equals(entry)
        || position instanceof Position.After(PathArgument other) && other.equals(entry)) {
      return entries;
    }
    N moving = entries.remove(from);
    int to =
        switch (position) {
          case Position.First() -> 0;
          case Position.Last() -> entries.size();
          case Position.Before(PathArgument anchor) -> indexOf(entries, anchor);
          case Position.After(PathArgument anchor) -> {
            int at = indexOf(entries, anchor);
            yield at < 0 ? at : at + 1;
          }
        };
    if (to < 0) {
      return null;
    }
    entries.add(to, moving);
    return entries;
  }

  private static <N extends NormalizedNode> int indexOf(List<N> entries, PathArgument name) {
    for (int i = 0; i < entries.size(); i++) {
      if (entries.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
