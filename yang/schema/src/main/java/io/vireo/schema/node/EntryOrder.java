package io.vireo.schema.node;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;

/// The order in which a list's entries are shown: the user's, or by key.
public final class EntryOrder {
  private static final Comparator<MapEntryNode> BY_KEYS =
      (a, b) -> {
        var left = a.name().values().iterator();
        var right = b.name().values().iterator();
        while (left.hasNext() && right.hasNext()) {
          int order = compareValues(left.next(), right.next());
          if (order != 0) {
            return order;
          }
        }
        return 0;
      };

  private EntryOrder() {}

  /// The entries of a list.
  public static List<MapEntryNode> sorted(SchemaNode node, MapNode map) {
    List<MapEntryNode> entries = new ArrayList<>(map.body());
    if (!node.isUserOrdered()) {
      entries.sort(BY_KEYS);
    }
    return entries;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static int compareValues(Object a, Object b) {
    return a instanceof Comparable comparable && a.getClass() == b.getClass()
        ? comparable.compareTo(b)
        : a.toString().compareTo(b.toString());
  }
}
