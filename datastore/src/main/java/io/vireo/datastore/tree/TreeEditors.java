package io.vireo.datastore.tree;

import io.vireo.datastore.api.ManagementException;
import io.vireo.schema.edit.TreeId;
import java.util.HashMap;
import java.util.Map;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Makes editors. Making YANG Tools' tree of a large root costs milliseconds, so the one that made
/// a root is kept and goes on from there; a root that came otherwise (discard, boot) has one made.
/// Changes only how long an edit takes, never what comes of it. Held by the engine; any thread.
public final class TreeEditors {
  private record Kept(ContainerNode root, TreeEditor editor) {}

  private final TreeSchemas schemas;
  private final Map<TreeId, Kept> kept = new HashMap<>();

  public TreeEditors(TreeSchemas schemas) {
    this.schemas = schemas;
  }

  @SuppressWarnings("ReferenceEquality") // the very root that the editor has made
  synchronized TreeEditor open(TreeId tree, ContainerNode before) throws ManagementException {
    Kept last = kept.remove(tree);
    return last != null && last.root == before
        ? last.editor.next(before)
        : TreeEditor.of(schemas.of(tree), tree, before);
  }

  /// Keeps what has made this root.
  synchronized void keep(TreeId tree, TreeEditor editor, TreeEditor.Edited made) {
    if (made.goesOn()) {
      kept.put(tree, new Kept(made.root(), editor));
    }
  }

  /// Forgets a tree that is gone.
  synchronized void forget(TreeId tree) {
    kept.remove(tree);
  }
}
