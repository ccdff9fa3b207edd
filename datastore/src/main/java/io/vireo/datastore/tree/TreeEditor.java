package io.vireo.datastore.tree;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.tree.TreeSchema.Resolved;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.Position;
import io.vireo.schema.edit.TreeId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNodes;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContext;
import org.opendaylight.yangtools.yang.model.api.ContainerSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;

/// The edits of one tree within one request: [#apply] for each, then [#finish]. Each edit makes the
/// next tree by copying the nodes from the root to the place of the edit; everything else is shared
/// with the tree before. A tree keeps its one form: no empty lists, choices or containers without
/// presence.
public final class TreeEditor {
  private final TreeSchema schema;
  private final TreeId tree;
  private final Set<YangInstanceIdentifier> touched = new LinkedHashSet<>();
  private ContainerNode root;

  public TreeEditor(TreeSchema schema, TreeId tree, ContainerNode before) {
    this.schema = schema;
    this.tree = tree;
    this.root = before;
  }

  /// What an editor has made.
  ///
  /// @param touched the paths that may differ from before
  public record Edited(ContainerNode root, Set<YangInstanceIdentifier> touched) {}

  public Edited finish() {
    return new Edited(root, touched);
  }

  public void apply(EditOperation operation) throws ManagementException {
    Resolved resolved = schema.require(tree, operation.path());
    YangInstanceIdentifier path = resolved.path();
    requireConfiguration(resolved);
    switch (operation) {
      case EditOperation.Merge(var ignored, NormalizedNode node) -> {
        NormalizedNode clean = admit(resolved, node);
        requireParent(resolved);
        replaceCases(resolved);
        merge(resolved, clean);
      }
      case EditOperation.Replace(var ignored, NormalizedNode node) -> put(resolved, node);
      case EditOperation.Create(var ignored, NormalizedNode node) -> {
        if (read(path).isPresent()) {
          // RFC 6241 §7.2 create: "If the configuration data exists, data-exists is returned".
          throw refused(path, ErrorTag.DATA_EXISTS, "exists already; use merge or replace");
        }
        put(resolved, node);
      }
      case EditOperation.Delete(var ignored) -> {
        requireNotKey(resolved);
        if (read(path).isEmpty()) {
          // RFC 6241 §7.2 delete: "If the configuration data does not exist, data-missing".
          throw refused(path, ErrorTag.DATA_MISSING, "does not exist, so it can't be deleted");
        }
        set(resolved, null);
      }
      case EditOperation.Remove(var ignored) -> {
        requireNotKey(resolved);
        if (read(path).isPresent()) {
          set(resolved, null);
        }
      }
      case EditOperation.Move(var ignored, Position position) -> move(resolved, position);
    }
  }

  /// What stands at a path, with the edits so far.
  Optional<NormalizedNode> read(YangInstanceIdentifier path) {
    if (path.isEmpty()) {
      return root.isEmpty() ? Optional.empty() : Optional.of(root);
    }
    return NormalizedNodes.findNode(root, path);
  }

  private void put(Resolved resolved, NormalizedNode node) throws ManagementException {
    NormalizedNode clean = admit(resolved, node);
    requireParent(resolved);
    requireKeyKept(resolved, clean);
    replaceCases(resolved);
    set(resolved, clean);
  }

  // Only what differs is taken as touched, whatever the size of the merge.
  private void merge(Resolved resolved, NormalizedNode given) throws ManagementException {
    requireKeyKept(resolved, given);
    NormalizedNode present = read(resolved.path()).orElse(null);
    if (present == null) {
      set(resolved, given);
    } else {
      store(
          resolved,
          new NodeMerge(touched).merge(resolved.path(), schemaAt(resolved), given, present));
    }
  }

  private void move(Resolved resolved, Position position) throws ManagementException {
    YangInstanceIdentifier path = resolved.path();
    YangInstanceIdentifier parent = path.getParent();
    PathArgument entry = path.getLastPathArgument();
    NormalizedNode list = parent == null ? null : read(parent).orElse(null);
    if (entry == null || parent == null || NodeLookup.child(list, entry) == null) {
      throw refused(path, ErrorTag.DATA_MISSING, "does not exist, so it can't be moved");
    }
    NormalizedNode moved = UserOrder.move(list, entry, position);
    if (moved == null) {
      // RFC 7950 §15.7.
      throw new ManagementException(
          new ManagementError(
              ErrorType.APPLICATION,
              ErrorTag.BAD_ATTRIBUTE,
              "missing-instance",
              tree,
              path,
              schema.text(path) + " can't be put beside an entry that does not exist",
              Map.of()));
    }
    store(schema.require(tree, parent), moved);
    touched.add(parent);
  }

  private void set(Resolved resolved, @Nullable NormalizedNode node) {
    touched.add(resolved.path());
    YangInstanceIdentifier list = resolved.path().getParent();
    if (node == null && list != null && isUserOrdered(schemaAt(resolved).dataSchemaNode())) {
      // One that comes again stands elsewhere.
      touched.add(list);
    }
    store(resolved, node);
  }

  private static boolean isUserOrdered(DataSchemaNode node) {
    return node instanceof ListSchemaNode list && list.isUserOrdered()
        || node instanceof LeafListSchemaNode set && set.isUserOrdered();
  }

  private void store(Resolved resolved, @Nullable NormalizedNode node) {
    NormalizedNode changed = stored(root, resolved, 0, node);
    root = changed == null ? TreeSchema.EMPTY : (ContainerNode) changed;
  }

  /// A node with what is to stand further down; null where nothing is left of it.
  ///
  /// @param at the node at `depth` steps of the path; null: not there so far
  @SuppressWarnings("ReferenceEquality") // whether anything changed
  private @Nullable NormalizedNode stored(
      @Nullable NormalizedNode at, Resolved resolved, int depth, @Nullable NormalizedNode node) {
    DataSchemaNode nodeSchema =
        depth == 0 ? null : resolved.schemas().get(depth - 1).dataSchemaNode();
    NormalizedNode changed;
    if (depth == resolved.steps().size()) {
      changed = node;
    } else {
      PathArgument step = resolved.steps().get(depth);
      NormalizedNode before = NodeLookup.child(at, step);
      NormalizedNode after = stored(before, resolved, depth + 1, node);
      if (before == after) {
        return at;
      }
      NodeDraft draft;
      if (at != null) {
        draft = NodeDraft.of(at);
      } else if (nodeSchema != null) {
        draft = NodeDraft.empty(nodeSchema, resolved.steps().get(depth - 1));
      } else {
        draft = NodeDraft.of(TreeSchema.EMPTY);
      }
      changed = (after == null ? draft.take(step) : draft.put(after)).build();
    }
    return changed != null && nodeSchema != null && DataAdmission.isAbsent(nodeSchema, changed)
        ? null
        : changed;
  }

  private NormalizedNode admit(Resolved resolved, NormalizedNode node) throws ManagementException {
    PathArgument last = resolved.path().getLastPathArgument();
    if (last != null && !last.equals(node.name())) {
      throw refused(
          resolved.path(),
          ErrorTag.BAD_ELEMENT,
          "was given data of '" + node.name().getNodeType().getLocalName() + "'");
    }
    return new DataAdmission(schema, tree, resolved.path()).admit(schemaAt(resolved), node);
  }

  private DataSchemaContext schemaAt(Resolved resolved) {
    return resolved.schemas().isEmpty() ? schema.root() : resolved.schemas().getLast();
  }

  // The nearest list entry or presence container above must stand; containers without presence and
  // choices have no existence of their own (RFC 7950 §7.5.1).
  private void requireParent(Resolved resolved) throws ManagementException {
    List<PathArgument> steps = resolved.steps();
    for (int i = steps.size() - 2; i >= 0; i--) {
      DataSchemaNode node = resolved.schemas().get(i).dataSchemaNode();
      boolean entry =
          node instanceof ListSchemaNode && steps.get(i) instanceof NodeIdentifierWithPredicates;
      if (entry || (node instanceof ContainerSchemaNode c && c.isPresenceContainer())) {
        YangInstanceIdentifier parent = resolved.path().getAncestor(i + 1);
        if (read(parent).isEmpty()) {
          // RFC 6241 §7.2 default-operation none: data-missing where a level does not exist.
          throw refused(parent, ErrorTag.DATA_MISSING, "does not exist; create it first");
        }
        return;
      }
    }
  }

  private void requireConfiguration(Resolved resolved) throws ManagementException {
    for (DataSchemaContext step : resolved.schemas()) {
      if (!step.dataSchemaNode().effectiveConfig().orElse(true)) {
        throw refused(
            resolved.path(),
            ErrorTag.INVALID_VALUE,
            "is state, not configuration, and can't be edited");
      }
    }
  }

  private void requireNotKey(Resolved resolved) throws ManagementException {
    List<PathArgument> steps = resolved.steps();
    if (steps.size() >= 2
        && steps.get(steps.size() - 2) instanceof NodeIdentifierWithPredicates entry
        && entry.keySet().contains(steps.getLast().getNodeType())) {
      throw refused(
          resolved.path(),
          ErrorTag.BAD_ELEMENT,
          "is a key and can't be deleted; delete the whole list entry");
    }
  }

  // A key's value is the entry's name: it can be given again, not changed.
  private void requireKeyKept(Resolved resolved, NormalizedNode node) throws ManagementException {
    List<PathArgument> steps = resolved.steps();
    if (steps.size() >= 2
        && steps.get(steps.size() - 2) instanceof NodeIdentifierWithPredicates entry
        && entry.keySet().contains(steps.getLast().getNodeType())
        && !Objects.deepEquals(entry.getValue(steps.getLast().getNodeType()), node.body())) {
      throw refused(
          resolved.path(),
          ErrorTag.BAD_ELEMENT,
          "is a key and can't be changed; make an entry of the other name");
    }
  }

  // RFC 7950 §7.9.3: creating a node of one case deletes the nodes of all others.
  private void replaceCases(Resolved resolved) throws ManagementException {
    List<PathArgument> steps = resolved.steps();
    for (int i = 0; i + 1 < steps.size(); i++) {
      DataSchemaContext step = resolved.schemas().get(i);
      if (ChoiceCases.isChoice(step)) {
        YangInstanceIdentifier choice = resolved.path().getAncestor(i + 1);
        NormalizedNode present = read(choice).orElse(null);
        if (present != null) {
          for (PathArgument stranger : ChoiceCases.strangers(step, steps.get(i + 1), present)) {
            set(schema.require(tree, choice.node(stranger)), null);
          }
        }
      }
    }
  }

  private ManagementException refused(YangInstanceIdentifier path, ErrorTag tag, String what) {
    return new ManagementException(
        ManagementError.at(tree, path, tag, schema.text(path) + " " + what));
  }
}
