package io.vireo.netconf.filter;

import io.vireo.netconf.rpc.Namespaces;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;

/// Where a filter passes from the device's tree into virtual routers' trees: at the `root` of a
/// logical network element (RFC 8530), which is a mount point (RFC 8528).
final class MountCrossing {
  private static final String ELEMENTS = "logical-network-elements";
  private static final String ELEMENT = "logical-network-element";
  private static final String ROOT = "root";

  private final SortedMap<String, ContainerNode> from;
  private final Map<String, ContainerNode> to;
  private final int depth;

  /// @param to receives what is selected
  /// @param depth as of [Pruner]
  MountCrossing(SortedMap<String, ContainerNode> from, Map<String, ContainerNode> to, int depth) {
    this.from = from;
    this.to = to;
    this.depth = depth;
  }

  static boolean maySelectElements(FilterNode filter) {
    return filter.name().equals(ELEMENTS)
        && (filter.namespace().isEmpty() || filter.namespace().equals(Namespaces.LNE));
  }

  static boolean isElement(QName name) {
    return name.getLocalName().equals(ELEMENT)
        && name.getNamespace().toString().equals(Namespaces.LNE);
  }

  /// A node of the device's tree is selected whole: so are the routers below it.
  void selectWhole(QName name) {
    if (name.getLocalName().equals(ELEMENTS)
        && name.getNamespace().toString().equals(Namespaces.LNE)) {
      // The list's entries, their roots, what is in these.
      from.forEach((router, tree) -> to.put(router, Depth.content(tree, depth - 3)));
    }
  }

  /// An entry is selected whole: so is its router.
  boolean selectWhole(MapEntryNode element) {
    return select(element, depth - 2);
  }

  private boolean select(MapEntryNode element, int levels) {
    String name = nameOf(element);
    ContainerNode router = from.get(name);
    if (router == null) {
      return false;
    }
    to.put(name, Depth.content(router, levels));
    return true;
  }

  /// Applies what the filters say below `root` to the entry's router; false: nothing is selected.
  boolean select(MapEntryNode element, List<FilterNode> children) {
    QName root = QName.create(element.name().getNodeType(), ROOT);
    List<FilterNode> roots = children.stream().filter(child -> child.matches(root)).toList();
    if (roots.isEmpty()) {
      return false;
    }
    if (roots.stream().anyMatch(FilterNode::isSelection)) {
      return select(element, depth - 1);
    }
    String name = nameOf(element);
    ContainerNode router = from.get(name);
    if (router == null) {
      return false;
    }
    ContainerNode pruned =
        new Pruner(null, depth)
            .root(router, roots.stream().flatMap(filter -> filter.children().stream()).toList());
    if (pruned.isEmpty()) {
      return false;
    }
    to.put(name, pruned);
    return true;
  }

  private static String nameOf(MapEntryNode element) {
    return String.valueOf(element.name().values().iterator().next());
  }
}
