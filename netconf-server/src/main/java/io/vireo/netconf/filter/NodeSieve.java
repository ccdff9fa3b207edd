package io.vireo.netconf.filter;

import io.vireo.datastore.api.Trees;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Lets nodes pass one by one, with the nodes above them and the keys of entries (RFC 8526 §3.1.1,
/// `config-filter` and the filters of origins).
public final class NodeSieve {
  /// Which nodes pass.
  @FunctionalInterface
  public interface Test {
    /// @param path in its tree
    Verdict of(TreeId tree, SchemaNode schema, YangInstanceIdentifier path, NormalizedNode node);
  }

  /// What becomes of a node.
  public enum Verdict {
    /// It passes; of those below it each is looked at.
    PASSES,
    /// It passes if one below it does.
    NOT_ITSELF,
    /// It passes with all below it, unlooked at.
    WHOLE,
    /// Nothing of it passes.
    NOTHING
  }

  private final SchemaTree device;
  private final SchemaTree router;
  private final Test test;

  public NodeSieve(SchemaTree device, SchemaTree router, Test test) {
    this.device = device;
    this.router = router;
    this.test = test;
  }

  public Trees apply(Trees trees) {
    Map<String, ContainerNode> routers = new TreeMap<>();
    trees
        .routers()
        .forEach((name, tree) -> {
          ContainerNode passed =
              new Pass(new TreeId.Router(name), Map.of()).root(router.root(), tree);
          if (!passed.isEmpty()) {
            routers.put(name, passed);
          }
        });
    Pass pass = new Pass(TreeId.DEVICE, routers);
    return new Trees(pass.root(device.root(), trees.device()), routers);
  }

  /// One tree.
  private final class Pass {
    private final TreeId tree;
    private final Map<String, ContainerNode> mounted;

    Pass(TreeId tree, Map<String, ContainerNode> mounted) {
      this.tree = tree;
      this.mounted = mounted;
    }

    ContainerNode root(SchemaNode schema, ContainerNode root) {
      return Rebuild.container(root, children(schema, root, YangInstanceIdentifier.of()));
    }

    private List<DataContainerChild> children(
        SchemaNode schema, DataContainerNode parent, YangInstanceIdentifier above) {
      List<DataContainerChild> passed = new ArrayList<>();
      for (DataContainerChild child : parent.body()) {
        YangInstanceIdentifier path = above.node(child.name());
        if (child instanceof ChoiceNode choice) {
          List<DataContainerChild> inner = children(schema, choice, path);
          if (!inner.isEmpty()) {
            passed.add(Rebuild.choice(choice, inner));
          }
          continue;
        }
        DataContainerChild one = child(schema.require(child.name().getNodeType()), child, path);
        if (one != null) {
          passed.add(one);
        }
      }
      return passed;
    }

    private @Nullable DataContainerChild child(
        SchemaNode schema, DataContainerChild child, YangInstanceIdentifier path) {
      return switch (child) {
        case MapNode list -> list(schema, list, path);
        case LeafSetNode<?> list -> leafList(schema, list, path);
        case ContainerNode container ->
            switch (test.of(tree, schema, path, container)) {
              case WHOLE -> container;
              case NOTHING -> null;
              case PASSES -> {
                // Empty already: it was selected without its children.
                boolean itself = schema.isPresence() || container.isEmpty();
                yield passed(schema, container, path, itself);
              }
              case NOT_ITSELF -> passed(schema, container, path, false);
            };
        default ->
            switch (test.of(tree, schema, path, child)) {
              case WHOLE, PASSES -> child;
              case NOTHING, NOT_ITSELF -> null;
            };
      };
    }

    private @Nullable ContainerNode passed(
        SchemaNode schema, ContainerNode container, YangInstanceIdentifier path, boolean itself) {
      List<DataContainerChild> inner = children(schema, container, path);
      return inner.isEmpty() && !itself ? null : Rebuild.container(container, inner);
    }

    private @Nullable DataContainerChild list(
        SchemaNode schema, MapNode list, YangInstanceIdentifier path) {
      List<MapEntryNode> entries = new ArrayList<>();
      for (MapEntryNode entry : list.body()) {
        YangInstanceIdentifier at = path.node(entry.name());
        switch (test.of(tree, schema, at, entry)) {
          case WHOLE -> entries.add(entry);
          case NOTHING -> {}
          case PASSES -> entries.add(entry(schema, entry, at));
          case NOT_ITSELF -> {
            MapEntryNode passed = entry(schema, entry, at);
            if (passed.size() > entry.name().size() || holdsMounted(schema, entry)) {
              entries.add(passed);
            }
          }
        }
      }
      if (entries.isEmpty()) {
        return null;
      }
      return Rebuild.list(list, entries);
    }

    private boolean holdsMounted(SchemaNode schema, MapEntryNode entry) {
      Collection<Object> keys = entry.name().values();
      return schema.children().stream().anyMatch(SchemaNode::isMountPoint)
          && mounted.containsKey(String.valueOf(keys.iterator().next()));
    }

    private MapEntryNode entry(SchemaNode schema, MapEntryNode entry, YangInstanceIdentifier path) {
      return Rebuild.entry(entry, children(schema, entry, path));
    }

    private <T> @Nullable DataContainerChild leafList(
        SchemaNode schema, LeafSetNode<T> list, YangInstanceIdentifier path) {
      List<LeafSetEntryNode<T>> entries = new ArrayList<>();
      for (LeafSetEntryNode<T> entry : list.body()) {
        Verdict verdict = test.of(tree, schema, path.node(entry.name()), entry);
        if (verdict == Verdict.PASSES || verdict == Verdict.WHOLE) {
          entries.add(entry);
        }
      }
      if (entries.isEmpty()) {
        return null;
      }
      return Rebuild.leafList(list, entries);
    }
  }
}
