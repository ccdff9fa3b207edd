package io.vireo.datastore.tree;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.tree.TreeSchema.Resolved;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeId;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.tree.api.DataTree;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeConfiguration;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeModification;
import org.opendaylight.yangtools.yang.data.tree.api.DataTreeSnapshot;
import org.opendaylight.yangtools.yang.data.tree.api.DataValidationFailedException;
import org.opendaylight.yangtools.yang.data.tree.api.TreeType;
import org.opendaylight.yangtools.yang.data.tree.impl.ReferenceDataTreeFactory;
import org.opendaylight.yangtools.yang.data.util.DataSchemaContext;
import org.opendaylight.yangtools.yang.model.api.ContainerSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ListSchemaNode;

/// The edits of one tree within one request. Use: [#apply] for each, then [#finish].
final class TreeEditor {
  // Mandatory nodes are ours to check: YANG Tools' check rejects valid data under conditional
  // augments.
  private static final DataTreeConfiguration CONFIGURATION =
      DataTreeConfiguration.builder(TreeType.CONFIGURATION)
          .setMandatoryNodesValidation(false)
          .setUniqueIndexes(true)
          .build();
  private static final ReferenceDataTreeFactory FACTORY = new ReferenceDataTreeFactory();

  private final TreeSchema schema;
  private final TreeId tree;
  private final ContainerNode before;
  private final DataTree data;
  private final DataTreeSnapshot snapshot;
  private final DataTreeModification modification;
  private final TouchedPaths touched = new TouchedPaths();
  private boolean removes;

  private TreeEditor(TreeSchema schema, TreeId tree, ContainerNode before, DataTree data) {
    this.schema = schema;
    this.tree = tree;
    this.before = before;
    this.data = data;
    this.snapshot = data.takeSnapshot();
    this.modification = snapshot.newModification();
  }

  /// An editor of a tree that YANG Tools' tree has to be made for: costs what the tree costs.
  static TreeEditor of(TreeSchema schema, TreeId tree, ContainerNode before)
      throws ManagementException {
    try {
      // A tree that is given an empty root can't be made.
      DataTree data =
          before.isEmpty()
              ? FACTORY.create(CONFIGURATION, schema.context())
              : FACTORY.create(CONFIGURATION, schema.context(), before);
      return new TreeEditor(schema, tree, before, data);
    } catch (DataValidationFailedException | RuntimeException e) {
      ManagementException refusal =
          TreeFaults.explain(schema, tree, YangInstanceIdentifier.of(), e);
      refusal.initCause(e);
      throw refusal;
    }
  }

  /// An editor that goes on where another has finished.
  TreeEditor next(ContainerNode root) {
    return new TreeEditor(schema, tree, root, data);
  }

  /// What an editor has made.
  ///
  /// @param touched the paths that may differ from before
  /// @param goesOn whether [#next] may go on from this root
  record Edited(ContainerNode root, Set<YangInstanceIdentifier> touched, boolean goesOn) {}

  void apply(EditOperation operation) throws ManagementException {
    Resolved resolved = schema.require(tree, operation.path());
    YangInstanceIdentifier path = resolved.path();
    requireConfiguration(resolved);
    try {
      switch (operation) {
        case EditOperation.Merge(var ignored, NormalizedNode node) -> {
          NormalizedNode clean = admit(resolved, node);
          requireParent(resolved);
          replaceCases(resolved);
          merge(resolved, clean);
        }
        case EditOperation.Replace(var ignored, NormalizedNode node) -> put(resolved, node);
        case EditOperation.Create(var ignored, NormalizedNode node) -> {
          if (exists(resolved)) {
            // RFC 6241 §7.2 create: "If the configuration data exists, data-exists is returned".
            throw refused(path, ErrorTag.DATA_EXISTS, "exists already; use merge or replace");
          }
          put(resolved, node);
        }
        case EditOperation.Delete(var ignored) -> {
          requireNotKey(resolved);
          if (!exists(resolved)) {
            // RFC 6241 §7.2 delete: "If the configuration data does not exist, data-missing".
            throw refused(path, ErrorTag.DATA_MISSING, "does not exist, so it can't be deleted");
          }
          remove(path);
        }
        case EditOperation.Remove(var ignored) -> {
          requireNotKey(resolved);
          if (exists(resolved)) {
            remove(path);
          }
        }
      }
    } catch (RuntimeException e) {
      throw misfit(path, e);
    }
  }

  Edited finish() throws ManagementException {
    if (touched.paths().isEmpty()) {
      return new Edited(before, Set.of(), true);
    }
    try {
      if (isEmptied()) {
        return new Edited(TreeSchema.EMPTY, touched.paths(), false);
      }
      modification.ready();
      data.validate(modification);
      data.commit(data.prepare(modification));
    } catch (DataValidationFailedException e) {
      throw misfit(e.getPath(), e);
    } catch (RuntimeException e) {
      throw misfit(touched.paths().iterator().next(), e);
    }
    NormalizedNode root =
        data.takeSnapshot().readNode(YangInstanceIdentifier.of()).orElse(TreeSchema.EMPTY);
    return new Edited((ContainerNode) root, touched.paths(), true);
  }

  // A tree without any node can't be prepared: its root would vanish.
  private boolean isEmptied() {
    if (!removes) {
      return false;
    }
    Set<PathArgument> tops = new HashSet<>();
    before.body().forEach(node -> tops.add(node.name()));
    for (YangInstanceIdentifier path : touched.paths()) {
      if (!path.isEmpty()) {
        tops.add(path.getPathArguments().getFirst());
      } else {
        return read(path).map(root -> ((ContainerNode) root).isEmpty()).orElse(true);
      }
    }
    return tops.stream()
        .map(YangInstanceIdentifier::of)
        .noneMatch(top ->
            read(top)
                .filter(node -> !(node instanceof ContainerNode container) || !container.isEmpty())
                .isPresent());
  }

  /// What stands at a path, with the edits so far.
  Optional<NormalizedNode> read(YangInstanceIdentifier path) {
    return touched.concerns(path) ? modification.readNode(path) : snapshot.readNode(path);
  }

  private void put(Resolved resolved, NormalizedNode node) throws ManagementException {
    YangInstanceIdentifier path = resolved.path();
    NormalizedNode clean = admit(resolved, node);
    requireParent(resolved);
    replaceCases(resolved);
    if (DataAdmission.isAbsent(schemaAt(resolved).dataSchemaNode(), clean)) {
      remove(path);
    } else {
      write(path, clean);
    }
  }

  // Only what differs is written: what was touched stays small, whatever the size of the merge.
  private void merge(Resolved resolved, NormalizedNode given) {
    NormalizedNode present = read(resolved.path()).orElse(null);
    if (present == null) {
      write(resolved.path(), given);
    } else {
      MergeSteps steps = new MergeSteps();
      steps.collect(resolved.path(), schemaAt(resolved), given, present);
      steps.removed().forEach(this::remove);
      steps.written().forEach(this::write);
    }
  }

  private void write(YangInstanceIdentifier path, NormalizedNode node) {
    touched.add(path);
    modification.write(path, node);
  }

  private void remove(YangInstanceIdentifier path) {
    removes = true;
    touched.add(path);
    if (path.isEmpty()) {
      modification.write(path, TreeSchema.EMPTY);
    } else {
      modification.delete(path);
    }
  }

  private NormalizedNode admit(Resolved resolved, NormalizedNode node) throws ManagementException {
    PathArgument last = resolved.path().getLastPathArgument();
    if (last != null && !last.equals(node.name())) {
      throw refused(
          resolved.path(),
          ErrorTag.BAD_ELEMENT,
          "was given data of '" + node.name().getNodeType().getLocalName() + "'");
    }
    return new DataAdmission(schema, tree).admit(resolved.path(), schemaAt(resolved), node);
  }

  private DataSchemaContext schemaAt(Resolved resolved) {
    return resolved.schemas().isEmpty() ? schema.root() : resolved.schemas().getLast();
  }

  private boolean exists(Resolved resolved) {
    return read(resolved.path())
        .filter(node -> !DataAdmission.isAbsent(schemaAt(resolved).dataSchemaNode(), node))
        .isPresent();
  }

  // The nearest list entry or presence container above must stand; containers without presence and
  // choices have no existence of their own (RFC 7950 §7.5.1).
  private void requireParent(Resolved resolved) throws ManagementException {
    List<PathArgument> steps = resolved.path().getPathArguments();
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
    List<PathArgument> steps = resolved.path().getPathArguments();
    if (steps.size() >= 2
        && steps.get(steps.size() - 2) instanceof NodeIdentifierWithPredicates entry
        && entry.keySet().contains(steps.getLast().getNodeType())) {
      throw refused(
          resolved.path(),
          ErrorTag.BAD_ELEMENT,
          "is a key and can't be deleted; delete the whole list entry");
    }
  }

  // RFC 7950 §7.9.3: creating a node of one case deletes the nodes of all others.
  private void replaceCases(Resolved resolved) {
    List<PathArgument> steps = resolved.path().getPathArguments();
    for (int i = 0; i + 1 < steps.size(); i++) {
      DataSchemaContext step = resolved.schemas().get(i);
      if (ChoiceCases.isChoice(step)) {
        YangInstanceIdentifier choice = resolved.path().getAncestor(i + 1);
        PathArgument kept = steps.get(i + 1);
        read(choice)
            .ifPresent(present ->
                ChoiceCases.strangers(step, kept, present).forEach(s -> remove(choice.node(s))));
      }
    }
  }

  private ManagementException refused(YangInstanceIdentifier path, ErrorTag tag, String what) {
    return new ManagementException(
        ManagementError.at(tree, path, tag, schema.text(path) + " " + what));
  }

  private ManagementException misfit(@Nullable YangInstanceIdentifier path, Exception cause) {
    YangInstanceIdentifier where = path == null ? YangInstanceIdentifier.of() : path;
    ManagementException refusal = TreeFaults.explain(schema, tree, where, cause);
    refusal.initCause(cause);
    return refusal;
  }
}
