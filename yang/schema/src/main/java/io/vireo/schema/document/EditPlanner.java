package io.vireo.schema.document;

import io.vireo.schema.SchemaContext;
import io.vireo.schema.SchemaDataException;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.Position;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Turns an edit payload into primitive edits.
///
/// A merge, replace or create takes everything below with it in one edit, but what carries an
/// operation of its own: that follows as edits of its own. At a mount point the operation is handed
/// down: a merge or create to each node mounted, a replace to the mounted tree as a whole. A
/// logical network element that is deleted takes its tree along, which needs no edit.
public final class EditPlanner {
  private static final NodeIdentifier TOP = NodeIdentifier.create(SchemaContext.ROOT_NAME);

  private final List<TreeEdit> edits = new ArrayList<>();

  /// The edits of everything in `top`, in document order.
  public static List<TreeEdit> of(DocumentElement top, DocumentOperation defaultOperation)
      throws SchemaDataException {
    EditPlanner planner = new EditPlanner();
    for (DocumentElement element : top.children()) {
      planner.plan(element, defaultOperation);
    }
    return List.copyOf(planner.edits);
  }

  private void plan(DocumentElement element, DocumentOperation inherited)
      throws SchemaDataException {
    DocumentOperation operation = operationOf(element, inherited);
    if (element.schema().isMountPoint()) {
      handDown(element, operation);
      return;
    }
    switch (operation) {
      case NONE -> {
        for (DocumentElement child : element.children()) {
          if (!child.schema().isKey()) {
            plan(child, operation);
          }
        }
      }
      case DELETE ->
          edits.add(new TreeEdit(element.tree(), new EditOperation.Delete(element.path())));
      case REMOVE, UNSET ->
          edits.add(new TreeEdit(element.tree(), new EditOperation.Remove(element.path())));
      case MERGE, REPLACE, CREATE -> {
        put(element, operation);
        planBelow(element, operation);
        place(element);
      }
    }
  }

  private void put(DocumentElement element, DocumentOperation operation)
      throws SchemaDataException {
    NormalizedNode data = new ElementTree(partOf(operation)).node(element);
    YangInstanceIdentifier path = element.path();
    EditOperation edit =
        switch (operation) {
          case REPLACE -> new EditOperation.Replace(path, data);
          case CREATE -> new EditOperation.Create(path, data);
          case MERGE, NONE, DELETE, REMOVE, UNSET -> new EditOperation.Merge(path, data);
        };
    boolean nothing =
        operation == DocumentOperation.MERGE
            && data instanceof ContainerNode container
            && container.isEmpty()
            && !element.schema().isPresence();
    if (!nothing) {
      edits.add(new TreeEdit(element.tree(), edit));
    }
  }

  // RFC 7950 §7.8.6: what is put may be told its place; it is there by now.
  private void place(DocumentElement element) throws SchemaDataException {
    Position position = element.position();
    if (position != null) {
      edits.add(new TreeEdit(element.tree(), new EditOperation.Move(element.path(), position)));
    }
  }

  /// What an edit does not take along: elements with an operation of their own, and mounted trees.
  private void planBelow(DocumentElement element, DocumentOperation operation)
      throws SchemaDataException {
    if (!element.isParted() && !holdsMount(element.schema())) {
      return;
    }
    Predicate<DocumentElement> part = partOf(operation);
    boolean rootGiven = false;
    for (DocumentElement child : element.children()) {
      boolean mount = child.schema().isMountPoint();
      rootGiven |= mount;
      if (mount || !part.test(child)) {
        plan(child, operation);
      } else {
        planBelow(child, operation);
        place(child);
      }
    }
    if (operation == DocumentOperation.REPLACE && !rootGiven && holdsMount(element.schema())) {
      edits.add(new TreeEdit(element.routerTree(), replaceAll(null)));
    }
  }

  private void handDown(DocumentElement mount, DocumentOperation operation)
      throws SchemaDataException {
    TreeId.Router tree = mount.mountedTree();
    switch (operation) {
      case NONE, MERGE, CREATE -> {
        for (DocumentElement child : mount.children()) {
          plan(child, operation);
        }
      }
      case REPLACE -> {
        edits.add(new TreeEdit(tree, replaceAll(mount)));
        for (DocumentElement child : mount.children()) {
          if (partOf(operation).test(child)) {
            planBelow(child, operation);
            place(child);
          } else {
            plan(child, operation);
          }
        }
      }
      // The mount point is always there; to delete it is to empty the tree.
      case DELETE, REMOVE, UNSET -> edits.add(new TreeEdit(tree, replaceAll(null)));
    }
  }

  private static EditOperation replaceAll(@Nullable DocumentElement mount)
      throws SchemaDataException {
    ContainerNode data =
        mount == null || mount.children().isEmpty()
            ? ImmutableNodes.newContainerBuilder().withNodeIdentifier(TOP).build()
            : new ElementTree(partOf(DocumentOperation.REPLACE)).container(topOf(mount), mount);
    return new EditOperation.Replace(YangInstanceIdentifier.of(), data);
  }

  private static SchemaNode topOf(DocumentElement mount) {
    return mount.children().getFirst().schema().tree().root();
  }

  /// Which elements a region of that operation takes along.
  private static Predicate<DocumentElement> partOf(DocumentOperation region) {
    return element -> {
      DocumentOperation own = element.operation();
      if (own == null || own == region) {
        return true;
      }
      // Below a replace or create nothing was before, so that whatever puts data there is content.
      return region != DocumentOperation.MERGE && !own.isDeletion();
    };
  }

  private static boolean holdsMount(SchemaNode schema) {
    return schema.kind() == NodeKind.LIST
        && schema.children().stream().anyMatch(SchemaNode::isMountPoint);
  }

  private static DocumentOperation operationOf(
      DocumentElement element, DocumentOperation inherited) {
    DocumentOperation own = element.operation();
    // RFC 6241 §7.2: of what has no operation of its own, none asks nothing.
    return own == null || (own == DocumentOperation.UNSET && inherited == DocumentOperation.NONE)
        ? inherited
        : own;
  }
}
