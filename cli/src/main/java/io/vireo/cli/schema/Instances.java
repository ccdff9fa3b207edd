package io.vireo.cli.schema;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.UnkeyedListNode;

/// Looks instances up in data trees. Entries come sorted by key as people sort (numbers by value),
/// but in their own order where the user orders them: the trees' own order means nothing.
public final class Instances {
  private static final Comparator<List<String>> BY_KEYS =
      (a, b) -> {
        for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
          int order = NaturalOrder.INSTANCE.compare(a.get(i), b.get(i));
          if (order != 0) {
            return order;
          }
        }
        return Integer.compare(a.size(), b.size());
      };

  private Instances() {}

  /// A list's entry.
  ///
  /// @param keys its keys' values, in order
  /// @param data its data
  public record Entry(List<Object> keys, DataContainerNode data) {
    public Entry {
      keys = List.copyOf(keys);
    }
  }

  /// What stands for a child in its parent's data: a whole list where it is one.
  public static Optional<NormalizedNode> child(NormalizedNode parent, CliNode child) {
    @Nullable NormalizedNode at = parent;
    for (CliNode.Via via : child.via()) {
      at = named(at, via.choice());
    }
    return Optional.ofNullable(named(at, child.qname()));
  }

  private static @Nullable NormalizedNode named(@Nullable NormalizedNode parent, QName name) {
    NodeIdentifier id = new NodeIdentifier(name);
    return switch (parent) {
      case ChoiceNode choice -> choice.childByArg(id);
      case DataContainerNode container -> container.childByArg(id);
      case null, default -> null;
    };
  }

  /// A leaf's value in its parent's data.
  public static Optional<Object> leaf(NormalizedNode parent, CliNode leaf) {
    return child(parent, leaf).map(NormalizedNode::body);
  }

  /// The entries of a list in its parent's data.
  public static List<Entry> entries(NormalizedNode parent, CliNode list) {
    @Nullable NormalizedNode all = child(parent, list).orElse(null);
    List<Entry> entries = new ArrayList<>();
    switch (all) {
      case MapNode map -> {
        for (MapEntryNode entry : map.body()) {
          Map<QName, Object> keys = entry.name().asMap();
          entries.add(new Entry(list.keys().stream().map(k -> value(keys, k)).toList(), entry));
        }
        if (!list.isUserOrdered()) {
          entries.sort(Comparator.comparing(e -> texts(list, e), BY_KEYS));
        }
      }
      case UnkeyedListNode unkeyed ->
          unkeyed.body().forEach(entry -> entries.add(new Entry(List.of(), entry)));
      case null, default -> {}
    }
    return entries;
  }

  private static Object value(Map<QName, Object> keys, CliNode key) {
    Object value = keys.get(key.qname());
    if (value == null) {
      throw new IllegalStateException("an entry lacks its key " + key);
    }
    return value;
  }

  private static List<String> texts(CliNode list, Entry entry) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < entry.keys.size(); i++) {
      texts.add(ValueText.print(list.keys().get(i), entry.keys.get(i)));
    }
    return texts;
  }

  /// The values of a leaf-list in its parent's data.
  public static List<Object> values(NormalizedNode parent, CliNode leafList) {
    List<Object> values = new ArrayList<>();
    if (child(parent, leafList).orElse(null) instanceof LeafSetNode<?> set) {
      set.body().forEach(e -> values.add(e.body()));
      if (!leafList.isUserOrdered()) {
        values.sort(Comparator.comparing(v -> ValueText.print(leafList, v), NaturalOrder.INSTANCE));
      }
    }
    return values;
  }

  /// All values of a leaf anywhere in a tree.
  public static List<Object> everywhere(NormalizedNode root, CliNode leaf) {
    List<NormalizedNode> level = List.of(root);
    List<CliNode> way = new ArrayList<>();
    for (CliNode node = leaf.parent(); node != null && node.parent() != null; ) {
      way.addFirst(node);
      node = node.parent();
    }
    for (CliNode node : way) {
      List<NormalizedNode> next = new ArrayList<>();
      for (NormalizedNode data : level) {
        if (node.kind() == CliNode.Kind.LIST) {
          entries(data, node).forEach(e -> next.add(e.data));
        } else {
          child(data, node).ifPresent(next::add);
        }
      }
      level = next;
    }
    List<Object> values = new ArrayList<>();
    for (NormalizedNode data : level) {
      if (leaf.kind() == CliNode.Kind.LEAF_LIST) {
        values.addAll(values(data, leaf));
      } else {
        leaf(data, leaf).ifPresent(values::add);
      }
    }
    return values;
  }
}
