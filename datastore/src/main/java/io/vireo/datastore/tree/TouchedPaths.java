package io.vireo.datastore.tree;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;

/// Paths that a request has touched, as a trie: reading a place that no edit concerns goes straight
/// to the snapshot, where YANG Tools' modification would apply all pending siblings first.
final class TouchedPaths {
  private static final class Step {
    final Map<PathArgument, Step> children = new HashMap<>();
    boolean touched;
  }

  private final Step root = new Step();
  private final Set<YangInstanceIdentifier> paths = new LinkedHashSet<>();

  void add(YangInstanceIdentifier path) {
    Step at = root;
    for (PathArgument step : path.getPathArguments()) {
      at = at.children.computeIfAbsent(step, ignored -> new Step());
    }
    at.touched = true;
    paths.add(path);
  }

  /// Whether the path, something above or something below it was touched.
  boolean concerns(YangInstanceIdentifier path) {
    Step at = root;
    for (PathArgument step : path.getPathArguments()) {
      if (at.touched) {
        return true;
      }
      Step child = at.children.get(step);
      if (child == null) {
        return false;
      }
      at = child;
    }
    return true;
  }

  Set<YangInstanceIdentifier> paths() {
    return paths;
  }
}
