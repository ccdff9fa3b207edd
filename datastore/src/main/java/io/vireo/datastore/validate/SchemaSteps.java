package io.vireo.datastore.validate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// A place in the schema, as the names on the way to it, choices included and cases not; and the
/// walk over all its instances in a tree.
record SchemaSteps(List<QName> names) {
  SchemaSteps {
    names = List.copyOf(names);
  }

  /// Where an instance path leads.
  static SchemaSteps of(YangInstanceIdentifier path) {
    List<QName> names = new ArrayList<>();
    boolean list = false;
    for (PathArgument step : path.getPathArguments()) {
      // A list's entry repeats the list's name.
      if (!(list && step.getNodeType().equals(names.getLast()))) {
        names.add(step.getNodeType());
      }
      list = step instanceof NodeIdentifier;
    }
    return new SchemaSteps(names);
  }

  /// Whether one of the two leads to the other or past it.
  boolean meets(SchemaSteps other) {
    int common = Math.min(names.size(), other.names.size());
    return names.subList(0, common).equals(other.names.subList(0, common));
  }

  /// Hands over every instance below `within`.
  ///
  /// @param within instances elsewhere are passed over
  void forEach(
      NormalizedNode root,
      YangInstanceIdentifier within,
      BiConsumer<YangInstanceIdentifier, NormalizedNode> each) {
    walk(root, 0, YangInstanceIdentifier.of(), within, each);
  }

  private void walk(
      NormalizedNode node,
      int depth,
      YangInstanceIdentifier path,
      YangInstanceIdentifier within,
      BiConsumer<YangInstanceIdentifier, NormalizedNode> each) {
    switch (node) {
      case MapNode map -> entries(map, path, within, (p, n) -> walk(n, depth, p, within, each));
      case LeafSetNode<?> leafSet -> entries(leafSet, path, within, each);
      default -> {
        if (depth == names.size()) {
          each.accept(path, node);
          return;
        }
        NodeIdentifier name = NodeIdentifier.create(names.get(depth));
        NormalizedNode child = child(node, name);
        if (child != null && !isElsewhere(path, within, name)) {
          walk(child, depth + 1, path.node(name), within, each);
        }
      }
    }
  }

  private static void entries(
      DistinctNodeContainer<?, ?> list,
      YangInstanceIdentifier path,
      YangInstanceIdentifier within,
      BiConsumer<YangInstanceIdentifier, NormalizedNode> each) {
    int depth = path.getPathArguments().size();
    if (within.getPathArguments().size() > depth) {
      PathArgument only = within.getPathArguments().get(depth);
      NormalizedNode entry = child(list, only);
      if (entry != null) {
        each.accept(path.node(only), entry);
      }
      return;
    }
    for (NormalizedNode entry : list.body()) {
      each.accept(path.node(entry.name()), entry);
    }
  }

  private static boolean isElsewhere(
      YangInstanceIdentifier path, YangInstanceIdentifier within, PathArgument next) {
    int depth = path.getPathArguments().size();
    return within.getPathArguments().size() > depth
        && !within.getPathArguments().get(depth).equals(next);
  }

  @SuppressWarnings("unchecked")
  private static @Nullable NormalizedNode child(NormalizedNode node, PathArgument name) {
    return node instanceof DistinctNodeContainer<?, ?> nodes
        ? ((DistinctNodeContainer<PathArgument, NormalizedNode>) nodes).childByArg(name)
        : null;
  }
}
