package io.vireo.netconf.filter;

import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.Trees;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/// A subtree filter, ready to be applied to trees.
public final class SubtreeFilter implements DataFilter {
  private final List<FilterNode> roots;
  private final EffectiveModelContext device;
  private final EffectiveModelContext router;

  public SubtreeFilter(
      List<FilterNode> roots, EffectiveModelContext device, EffectiveModelContext router) {
    this.roots = List.copyOf(roots);
    this.device = device;
    this.router = router;
  }

  @Override
  public Trees apply(Trees trees, int depth) {
    Map<String, ContainerNode> routers = new TreeMap<>();
    MountCrossing mount = new MountCrossing(trees.routers(), routers, depth);
    ContainerNode device = new Pruner(mount, depth).root(trees.device(), roots);
    return new Trees(device, routers);
  }

  @Override
  public Selection selection() {
    Set<QName> deviceNodes = topLevel(device, roots);
    List<FilterNode> elements = roots.stream().filter(MountCrossing::maySelectElements).toList();
    if (elements.isEmpty()) {
      return new Selection(deviceNodes, Set.of(), Set.of());
    }
    if (elements.stream().anyMatch(FilterNode::isSelection)) {
      return new Selection(deviceNodes, null, null);
    }
    List<FilterNode> entries = elements.stream().flatMap(e -> e.children().stream()).toList();
    return new Selection(deviceNodes, routerNames(entries), routerNodes(router, entries));
  }

  /// The routers named by their keys; null: any.
  private static @Nullable Set<String> routerNames(List<FilterNode> entries) {
    Set<String> names = new TreeSet<>();
    for (FilterNode entry : entries) {
      Optional<String> name =
          entry.children().stream()
              .filter(child -> child.name().equals("name") && child.isContentMatch())
              .map(FilterNode::content)
              .findFirst();
      if (name.isEmpty()) {
        return null;
      }
      names.add(name.get());
    }
    return names;
  }

  /// The top-level nodes of a router's tree that may be selected; null: any.
  private static @Nullable Set<QName> routerNodes(
      EffectiveModelContext router, List<FilterNode> entries) {
    for (FilterNode entry : entries) {
      if (entry.children().stream().allMatch(FilterNode::isContentMatch)) {
        return null; // the entry is selected whole
      }
    }
    List<FilterNode> roots =
        entries.stream()
            .flatMap(entry -> entry.children().stream())
            .filter(child -> child.name().equals("root"))
            .toList();
    if (roots.stream().anyMatch(FilterNode::isSelection)) {
      return null;
    }
    return topLevel(router, roots.stream().flatMap(root -> root.children().stream()).toList());
  }

  private static Set<QName> topLevel(EffectiveModelContext context, List<FilterNode> filters) {
    return context.getChildNodes().stream()
        .map(DataSchemaNode::getQName)
        .filter(name -> filters.stream().anyMatch(filter -> filter.matches(name)))
        .collect(Collectors.toUnmodifiableSet());
  }
}
