package io.vireo.netconf.filter;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListNode;

/// Makes the smaller tree. A node and the filters that match its name give the node, a smaller one,
/// or nothing.
final class Pruner {
  private final @Nullable MountCrossing mount;
  private final int depth;

  /// @param mount null: there is no mount point in this tree
  /// @param depth how many levels of what is selected there are, the selected node's the first
  Pruner(@Nullable MountCrossing mount, int depth) {
    this.mount = mount;
    this.depth = depth;
  }

  /// A tree of what is selected; empty where nothing is.
  ContainerNode root(ContainerNode tree, List<FilterNode> filters) {
    return Rebuild.container(tree, children(tree, filters));
  }

  private List<DataContainerChild> children(DataContainerNode parent, List<FilterNode> filters) {
    List<DataContainerChild> selected = new ArrayList<>();
    for (DataContainerChild child : parent.body()) {
      if (child instanceof ChoiceNode choice) {
        // RFC 7950 §7.9: choices are not in the data tree that a client sees.
        List<DataContainerChild> inner = children(choice, filters);
        if (!inner.isEmpty()) {
          selected.add(Rebuild.choice(choice, inner));
        }
        continue;
      }
      List<FilterNode> matching = matching(filters, child.name().getNodeType());
      DataContainerChild pruned = matching.isEmpty() ? null : child(child, matching);
      if (pruned != null) {
        selected.add(pruned);
      }
    }
    return selected;
  }

  private @Nullable DataContainerChild child(DataContainerChild child, List<FilterNode> filters) {
    if (filters.stream().anyMatch(FilterNode::isSelection)) {
      return whole(child);
    }
    return switch (child) {
      case ContainerNode container -> container(container, filters);
      case MapNode list -> list(list, filters);
      case UnkeyedListNode list -> unkeyedList(list, filters);
      case LeafSetNode<?> leafList -> leafList(leafList, filters);
      case LeafNode<?> leaf ->
          filters.stream().anyMatch(filter -> LeafText.equal(filter, leaf.body())) ? leaf : null;
      default -> null; // anyxml and anydata are selected whole or not at all
    };
  }

  private DataContainerChild whole(DataContainerChild child) {
    if (mount != null) {
      mount.selectWhole(child.name().getNodeType());
      if (child instanceof MapNode list && MountCrossing.isElement(child.name().getNodeType())) {
        list.body().forEach(mount::selectWhole);
      }
    }
    return Depth.cut(child, depth);
  }

  private @Nullable DataContainerChild container(
      ContainerNode container, List<FilterNode> filters) {
    Wanted wanted = Wanted.of(container, filters);
    if (wanted.whole()) {
      return whole(container);
    }
    List<DataContainerChild> children = children(container, wanted.children());
    return children.isEmpty() ? null : Rebuild.container(container, children);
  }

  private @Nullable DataContainerChild list(MapNode list, List<FilterNode> filters) {
    List<MapEntryNode> entries = new ArrayList<>();
    for (MapEntryNode entry : candidates(list, filters)) {
      MapEntryNode pruned = entry(entry, filters);
      if (pruned != null) {
        entries.add(pruned);
      }
    }
    if (entries.isEmpty()) {
      return null;
    }
    return Rebuild.list(list, entries);
  }

  private @Nullable MapEntryNode entry(MapEntryNode entry, List<FilterNode> filters) {
    Wanted wanted = Wanted.of(entry, filters);
    MountCrossing crossing = MountCrossing.isElement(entry.name().getNodeType()) ? mount : null;
    if (wanted.whole()) {
      if (crossing != null) {
        crossing.selectWhole(entry);
      }
      return Depth.cut(entry, depth);
    }
    List<DataContainerChild> children = children(entry, wanted.children());
    boolean crossed = crossing != null && crossing.select(entry, wanted.children());
    if (children.isEmpty() && !crossed) {
      return null;
    }
    return Rebuild.entry(entry, children);
  }

  /// The entries that may be selected: those named by their keys, or all.
  private static Collection<MapEntryNode> candidates(MapNode list, List<FilterNode> filters) {
    Collection<MapEntryNode> all = list.body();
    if (all.size() < 2) {
      return all;
    }
    NodeIdentifierWithPredicates shape = all.iterator().next().name();
    Map<NodeIdentifierWithPredicates, MapEntryNode> byKey = list.asMap();
    Map<NodeIdentifierWithPredicates, MapEntryNode> named = new LinkedHashMap<>();
    for (FilterNode filter : filters) {
      NodeIdentifierWithPredicates key = keyOf(filter, shape);
      if (key == null) {
        return all;
      }
      MapEntryNode entry = byKey.get(key);
      if (entry != null) {
        named.put(key, entry);
      }
    }
    return named.values();
  }

  /// The key that a filter names, where all of it is strings and compared; else null.
  private static @Nullable NodeIdentifierWithPredicates keyOf(
      FilterNode filter, NodeIdentifierWithPredicates shape) {
    Map<QName, Object> values = new LinkedHashMap<>();
    for (Map.Entry<QName, Object> part : shape.entrySet()) {
      if (!(part.getValue() instanceof String)) {
        return null;
      }
      for (FilterNode child : filter.children()) {
        String content = child.content();
        if (content != null && child.matches(part.getKey())) {
          values.put(part.getKey(), content);
        }
      }
    }
    return values.size() == shape.size()
        ? NodeIdentifierWithPredicates.of(shape.getNodeType(), values)
        : null;
  }

  private @Nullable DataContainerChild unkeyedList(UnkeyedListNode list, List<FilterNode> filters) {
    List<UnkeyedListEntryNode> entries = new ArrayList<>();
    for (UnkeyedListEntryNode entry : list.body()) {
      Wanted wanted = Wanted.of(entry, filters);
      if (wanted.whole()) {
        entries.add(Depth.cut(entry, depth));
        continue;
      }
      List<DataContainerChild> children = children(entry, wanted.children());
      if (!children.isEmpty()) {
        entries.add(Rebuild.unkeyedEntry(entry, children));
      }
    }
    return entries.isEmpty() ? null : Rebuild.unkeyedList(list, entries);
  }

  private static <T> @Nullable DataContainerChild leafList(
      LeafSetNode<T> leafList, List<FilterNode> filters) {
    List<LeafSetEntryNode<T>> entries = new ArrayList<>();
    for (LeafSetEntryNode<T> entry : leafList.body()) {
      if (filters.stream().anyMatch(filter -> LeafText.equal(filter, entry.body()))) {
        entries.add(entry);
      }
    }
    if (entries.isEmpty()) {
      return null;
    }
    return Rebuild.leafList(leafList, entries);
  }

  static List<FilterNode> matching(List<FilterNode> filters, QName name) {
    List<FilterNode> matching = new ArrayList<>(filters.size());
    for (FilterNode filter : filters) {
      if (filter.matches(name)) {
        matching.add(filter);
      }
    }
    return matching;
  }
}
