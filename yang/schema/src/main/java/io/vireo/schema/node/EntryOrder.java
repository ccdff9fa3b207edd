package io.vireo.schema.node;

import com.google.common.collect.MapMaker;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;

/// The order in which a list's entries are shown: the user's, or by key.
public final class EntryOrder {
  /// Sorting more costs more than to remember it: most lists are shown again before they change.
  private static final int REMEMBERED_FROM = 256;

  private static final Comparator<Keyed> BY_FIRST_KEY =
      (a, b) -> {
        int order = compareValues(a.first, b.first);
        return order != 0 ? order : compareRest(a.entry, b.entry);
      };

  // By the node itself, which does not change, as long as somebody has it.
  private static final Map<MapNode, List<MapEntryNode>> ORDERS =
      new MapMaker().weakKeys().makeMap();

  /// An entry with its first key at hand.
  private record Keyed(Object first, MapEntryNode entry) {}

  private EntryOrder() {}

  /// The entries of a list.
  public static Collection<MapEntryNode> sorted(SchemaNode node, MapNode map) {
    if (node.isUserOrdered() || map.size() < 2) {
      return map.body();
    }
    if (map.size() < REMEMBERED_FROM) {
      return sorted(map);
    }
    List<MapEntryNode> known = ORDERS.get(map);
    if (known == null) {
      known = sorted(map);
      ORDERS.put(map, known);
    }
    return known;
  }

  private static List<MapEntryNode> sorted(MapNode map) {
    Keyed[] keyed = new Keyed[map.size()];
    int count = 0;
    for (MapEntryNode entry : map.body()) {
      keyed[count++] = new Keyed(entry.name().values().iterator().next(), entry);
    }
    Arrays.sort(keyed, BY_FIRST_KEY);
    List<MapEntryNode> entries = new ArrayList<>(count);
    for (Keyed each : keyed) {
      entries.add(each.entry);
    }
    return entries;
  }

  private static int compareRest(MapEntryNode a, MapEntryNode b) {
    Iterator<Object> left = a.name().values().iterator();
    Iterator<Object> right = b.name().values().iterator();
    int order = 0;
    while (order == 0 && left.hasNext() && right.hasNext()) {
      order = compareValues(left.next(), right.next());
    }
    return order;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static int compareValues(Object a, Object b) {
    return a instanceof Comparable comparable && a.getClass() == b.getClass()
        ? comparable.compareTo(b)
        : a.toString().compareTo(b.toString());
  }
}
