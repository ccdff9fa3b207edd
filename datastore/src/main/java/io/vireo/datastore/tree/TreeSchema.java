package io.vireo.datastore.tree;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.type.CanonicalText;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContext;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContext.Composite;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContext.PathMixin;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContextTree;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.SchemaContext;

/// What one kind of tree may hold: a schema context, seen along instance paths.
public final class TreeSchema {
  /// An empty tree.
  public static final ContainerNode EMPTY =
      ImmutableNodes.newContainerBuilder()
          .withNodeIdentifier(new NodeIdentifier(SchemaContext.NAME))
          .build();

  private final SchemaTree nodes;
  private final EffectiveModelContext context;
  private final DataSchemaContextTree contexts;

  public TreeSchema(SchemaTree nodes) {
    this.nodes = nodes;
    this.context = nodes.context().model();
    this.contexts = DataSchemaContextTree.from(context);
  }

  /// The data nodes, without choices.
  public SchemaTree nodes() {
    return nodes;
  }

  public EffectiveModelContext context() {
    return context;
  }

  /// The schema of the tree's root.
  public Composite root() {
    return contexts.getRoot();
  }

  /// A path with all its steps, and the schema of each.
  ///
  /// @param path steps through lists and choices included, as YANG Tools' trees want them
  /// @param schemas one for each step of `path`
  public record Resolved(YangInstanceIdentifier path, List<DataSchemaContext> schemas) {
    public Resolved {
      schemas = List.copyOf(schemas);
    }

    List<PathArgument> steps() {
      return path.getPathArguments();
    }
  }

  /// Finds a path's schema; steps through choices and lists may be left out of it.
  ///
  /// @throws ManagementException unknown-element: the schema has no such node
  public Resolved require(TreeId tree, YangInstanceIdentifier path) throws ManagementException {
    List<PathArgument> steps = new ArrayList<>();
    List<DataSchemaContext> schemas = new ArrayList<>();
    DataSchemaContext at = root();
    for (PathArgument wanted : path.getPathArguments()) {
      while (true) {
        DataSchemaContext child = child(at, wanted);
        if (child == null || (at instanceof PathMixin && child == at)) {
          throw unknown(tree, path, wanted);
        }
        at = child;
        schemas.add(child);
        if (child instanceof PathMixin mixin && !mixin.mixinPathStep().equals(wanted)) {
          steps.add(mixin.mixinPathStep());
        } else {
          steps.add(wanted);
          break;
        }
      }
    }
    return new Resolved(YangInstanceIdentifier.of(steps), schemas);
  }

  // By name a choice inside a choice is not found, as a step it is.
  private static @Nullable DataSchemaContext child(DataSchemaContext at, PathArgument step) {
    if (!(at instanceof Composite composite)) {
      return null;
    }
    DataSchemaContext exact = composite.childByArg(step);
    return exact == null ? composite.childByQName(step.getNodeType()) : exact;
  }

  private static ManagementException unknown(
      TreeId tree, YangInstanceIdentifier path, PathArgument wanted) {
    return new ManagementException(
        ManagementError.at(
            tree,
            path,
            ErrorTag.UNKNOWN_ELEMENT,
            "the schema of the "
                + tree
                + " has no node '"
                + wanted.getNodeType().getLocalName()
                + "' at this place"));
  }

  /// A path as a person reads it: `/interfaces/interface[name='eth0']/mtu`.
  public String text(YangInstanceIdentifier path) {
    StringBuilder text = new StringBuilder();
    DataSchemaContext at = root();
    for (PathArgument step : path.getPathArguments()) {
      DataSchemaContext child = child(at, step);
      if (child != null) {
        at = child;
      }
      if (child != null && child.dataSchemaNode() instanceof ChoiceSchemaNode) {
        continue;
      }
      boolean secondOfList =
          (step instanceof NodeIdentifierWithPredicates || step instanceof NodeWithValue<?>)
              && text.toString().endsWith("/" + step.getNodeType().getLocalName());
      if (!secondOfList) {
        text.append('/').append(step.getNodeType().getLocalName());
      }
      if (step instanceof NodeIdentifierWithPredicates keys) {
        keys.entrySet()
            .forEach(key ->
                text.append('[')
                    .append(key.getKey().getLocalName())
                    .append("='")
                    .append(word(key.getValue()))
                    .append("']"));
      } else if (step instanceof NodeWithValue<?> value) {
        text.append("[.='").append(word(value.getValue())).append("']");
      }
    }
    return text.isEmpty() ? "/" : text.toString();
  }

  private String word(Object value) {
    return CanonicalText.of(
        value,
        identity -> nodes.moduleName(identity.getModule()) + ":" + identity.getLocalName(),
        this::text);
  }
}
