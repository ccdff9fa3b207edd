package io.vireo.datastore.xpath;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Sorts nodes as a document has them (XPath 1.0 §5): a node before what is inside it, that before
/// its next sibling. One thread, one sort.
final class DocumentOrder {
  private final Map<DataNode, Map<DataNode, Integer>> positions = new HashMap<>();

  private DocumentOrder() {}

  static List<DataNode> sorted(Collection<DataNode> nodes) {
    DocumentOrder order = new DocumentOrder();
    Map<DataNode, List<Integer>> places = new HashMap<>();
    nodes.forEach(node -> places.put(node, order.place(node)));
    List<DataNode> sorted = new ArrayList<>(nodes);
    sorted.sort((one, other) ->
        compare(places.getOrDefault(one, List.of()), places.getOrDefault(other, List.of())));
    return List.copyOf(sorted);
  }

  private static int compare(List<Integer> one, List<Integer> other) {
    for (int i = 0; i < Math.min(one.size(), other.size()); i++) {
      int order = Integer.compare(one.get(i), other.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(one.size(), other.size());
  }

  // Which child it is, from the root down.
  private List<Integer> place(DataNode node) {
    List<Integer> place = new ArrayList<>();
    DataNode parent;
    for (DataNode at = node; (parent = at.parent()) != null; at = parent) {
      place.addFirst(positionsIn(parent).getOrDefault(at, Integer.MAX_VALUE));
    }
    return place;
  }

  private Map<DataNode, Integer> positionsIn(DataNode parent) {
    Map<DataNode, Integer> known = positions.get(parent);
    if (known == null) {
      Map<DataNode, Integer> found = new HashMap<>();
      parent.children(child -> found.put(child, found.size()));
      positions.put(parent, found);
      known = found;
    }
    return known;
  }
}
