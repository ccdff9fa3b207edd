package io.vireo.datastore.tree;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ChoiceNode;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.SystemMapNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserMapNode;
import org.opendaylight.yangtools.yang.data.api.schema.builder.DataContainerNodeBuilder;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContext;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContext.Composite;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ContainerSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;

/// Looks through data before it enters a configuration: nodes that the schema lacks, state, nodes
/// of two cases at once are refused; containers without presence and without content, which have no
/// meaning (RFC 7950 §7.5.1), are left out, so that a tree has one form.
final class DataAdmission {
  private final TreeSchema schema;
  private final TreeId tree;
  // Where the walk is: made a path only where something is refused.
  private final List<PathArgument> steps;
  // The children already looked up and found good: those of many entries are alike, and a parser
  // gives them names that are the same objects.
  private final Map<DataSchemaContext, Map<PathArgument, DataSchemaContext>> good =
      new IdentityHashMap<>();

  /// @param path where the data is to stand
  DataAdmission(TreeSchema schema, TreeId tree, YangInstanceIdentifier path) {
    this.schema = schema;
    this.tree = tree;
    this.steps = new ArrayList<>(path.getPathArguments());
  }

  /// Whether a node says nothing: no content, and no meaning of its own.
  static boolean isAbsent(DataSchemaNode schema, NormalizedNode node) {
    return switch (node) {
      case ContainerNode container ->
          container.isEmpty()
              && !(schema instanceof ContainerSchemaNode c && c.isPresenceContainer());
      case ChoiceNode choice -> choice.isEmpty();
      case MapNode map -> map.isEmpty();
      case LeafSetNode<?> leafSet -> leafSet.isEmpty();
      default -> false;
    };
  }

  /// The node itself, or one without the empty containers.
  ///
  /// @param at the node's schema
  NormalizedNode admit(DataSchemaContext at, NormalizedNode node) throws ManagementException {
    return switch (node) {
      case ContainerNode container -> {
        @Nullable List<DataContainerChild> kept = children(at, container);
        yield kept == null
            ? container
            : fill(ImmutableNodes.newContainerBuilder().withNodeIdentifier(container.name()), kept);
      }
      case ChoiceNode choice -> {
        requireOneCase(at, choice);
        @Nullable List<DataContainerChild> kept = children(at, choice);
        yield kept == null
            ? choice
            : fill(ImmutableNodes.newChoiceBuilder().withNodeIdentifier(choice.name()), kept);
      }
      case MapEntryNode entry -> {
        requireKeys(entry);
        @Nullable List<DataContainerChild> kept = children(at, entry);
        yield kept == null
            ? entry
            : fill(ImmutableNodes.newMapEntryBuilder().withNodeIdentifier(entry.name()), kept);
      }
      case MapNode map -> entries(at, map);
      default -> node;
    };
  }

  @SuppressWarnings("ReferenceEquality") // whether a copy was made
  private NormalizedNode entries(DataSchemaContext at, MapNode map) throws ManagementException {
    List<MapEntryNode> entries = new ArrayList<>(map.size());
    boolean same = true;
    // All entries are of one schema.
    DataSchemaContext entryAt = null;
    for (MapEntryNode entry : map.body()) {
      if (entryAt == null) {
        entryAt = lookup(at, entry.name());
      }
      steps.add(entry.name());
      MapEntryNode admitted = (MapEntryNode) admit(entryAt, entry);
      steps.removeLast();
      same &= admitted == entry;
      entries.add(admitted);
    }
    if (same) {
      return map;
    }
    return switch (map) {
      case SystemMapNode system ->
          ImmutableNodes.newSystemMapBuilder()
              .withNodeIdentifier(system.name())
              .withValue(entries)
              .build();
      case UserMapNode user ->
          ImmutableNodes.newUserMapBuilder()
              .withNodeIdentifier(user.name())
              .withValue(entries)
              .build();
    };
  }

  // Null where nothing is left out.
  @SuppressWarnings("ReferenceEquality") // whether a copy was made
  private @Nullable List<DataContainerChild> children(
      DataSchemaContext at, DataContainerNode parent) throws ManagementException {
    List<DataContainerChild> kept = new ArrayList<>(parent.size());
    boolean same = true;
    Map<PathArgument, DataSchemaContext> known =
        good.computeIfAbsent(at, key -> new IdentityHashMap<>());
    for (DataContainerChild child : parent.body()) {
      DataSchemaContext childAt = known.get(child.name());
      if (childAt == null) {
        childAt = lookup(at, child.name());
        known.put(child.name(), childAt);
      }
      steps.add(child.name());
      NormalizedNode admitted = admit(childAt, child);
      steps.removeLast();
      boolean absent = isAbsent(childAt.dataSchemaNode(), admitted);
      same &= admitted == child && !absent;
      if (!absent) {
        kept.add((DataContainerChild) admitted);
      }
    }
    return same ? null : kept;
  }

  private static <T extends DataContainerNode> T fill(
      DataContainerNodeBuilder<?, T> builder, List<DataContainerChild> children) {
    children.forEach(builder::withChild);
    return builder.build();
  }

  private DataSchemaContext lookup(DataSchemaContext at, PathArgument child)
      throws ManagementException {
    DataSchemaContext found =
        at instanceof Composite composite ? composite.childByArg(child) : null;
    if (found == null) {
      throw refused(
          child,
          ErrorTag.UNKNOWN_ELEMENT,
          schema.text(YangInstanceIdentifier.of(steps))
              + " has no node '"
              + child.getNodeType().getLocalName()
              + "'");
    }
    if (!found.dataSchemaNode().effectiveConfig().orElse(true)) {
      throw refused(
          child,
          ErrorTag.INVALID_VALUE,
          schema.text(YangInstanceIdentifier.of(steps).node(child))
              + " is state, not configuration, and can't be edited");
    }
    return found;
  }

  // RFC 7950 §7.8.2: the entry's name is its keys' values.
  private void requireKeys(MapEntryNode entry) throws ManagementException {
    for (Map.Entry<QName, Object> key : entry.name().entrySet()) {
      DataContainerChild leaf = entry.childByArg(NodeIdentifier.create(key.getKey()));
      if (leaf == null || !Objects.deepEquals(leaf.body(), key.getValue())) {
        throw refused(
            NodeIdentifier.create(key.getKey()),
            ErrorTag.MISSING_ELEMENT,
            schema.text(YangInstanceIdentifier.of(steps))
                + " needs its key '"
                + key.getKey().getLocalName()
                + "', with the entry's own value");
      }
    }
  }

  private void requireOneCase(DataSchemaContext at, ChoiceNode node) throws ManagementException {
    if (at.dataSchemaNode() instanceof ChoiceSchemaNode choice && node.size() > 1) {
      var children = node.body().iterator();
      DataContainerChild first = children.next();
      var firstCase = ChoiceCases.caseOf(choice, first.name().getNodeType());
      while (children.hasNext()) {
        DataContainerChild other = children.next();
        var otherCase = ChoiceCases.caseOf(choice, other.name().getNodeType());
        if (!ChoiceCases.sameCase(firstCase, otherCase)) {
          // RFC 7950 §7.9: no more than one of a choice's cases at a time.
          throw refused(
              other.name(),
              ErrorTag.BAD_ELEMENT,
              "'"
                  + first.name().getNodeType().getLocalName()
                  + "' and '"
                  + other.name().getNodeType().getLocalName()
                  + "' exclude each other; give one of them");
        }
      }
    }
  }

  private ManagementException refused(PathArgument child, ErrorTag tag, String message) {
    return new ManagementException(
        ManagementError.at(tree, YangInstanceIdentifier.of(steps).node(child), tag, message));
  }
}
