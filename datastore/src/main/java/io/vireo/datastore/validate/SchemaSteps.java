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
    new Walk(names, within.getPathArguments(), each).at(root, 0, YangInstanceIdentifier.of(), 0);
  }

  /// One walk.
  ///
  /// @param only steps that the instances must share, as far as they go
  private record Walk(
      List<QName> names,
      List<PathArgument> only,
      BiConsumer<YangInstanceIdentifier, NormalizedNode> each) {
    // `depth` counts names, `length` the path's steps: a list has one name and two steps.
    void at(NormalizedNode node, int depth, YangInstanceIdentifier path, int length) {
      switch (node) {
        case MapNode map -> entries(map, depth, path, length);
        case LeafSetNode<?> leafSet -> entries(leafSet, depth, path, length);
        default -> {
          if (depth == names.size()) {
            each.accept(path, node);
            return;
          }
          NodeIdentifier name = NodeIdentifier.create(names.get(depth));
          NormalizedNode child = child(node, name);
          if (child != null && (only.size() <= length || only.get(length).equals(name))) {
            at(child, depth + 1, path.node(name), length + 1);
          }
        }
      }
    }

    private void entries(
        DistinctNodeContainer<?, ?> list, int depth, YangInstanceIdentifier path, int length) {
      if (only.size() > length) {
        NormalizedNode entry = child(list, only.get(length));
        if (entry != null) {
          at(entry, depth, path.node(only.get(length)), length + 1);
        }
        return;
      }
      for (NormalizedNode entry : list.body()) {
        at(entry, depth, path.node(entry.name()), length + 1);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static @Nullable NormalizedNode child(NormalizedNode node, PathArgument name) {
    return node instanceof DistinctNodeContainer<?, ?> nodes
        ? ((DistinctNodeContainer<PathArgument, NormalizedNode>) nodes).childByArg(name)
        : null;
  }
}
