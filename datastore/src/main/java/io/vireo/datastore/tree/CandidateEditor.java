package io.vireo.datastore.tree;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.Trees;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// The edits of one request, over all trees: all or nothing.
public final class CandidateEditor {
  private static final Set<YangInstanceIdentifier> ROOT = Set.of(YangInstanceIdentifier.of());

  private final TreeSchemas schemas;
  private final Candidate before;
  private final TreeEditor device;
  // Virtual routers as the device's tree has them after the edits so far, with their present roots.
  private final SortedMap<String, ContainerNode> roots;
  private final Map<String, TreeEditor> routers = new HashMap<>();
  private final Map<TreeId, Set<YangInstanceIdentifier>> touched = new TreeMap<>();

  private CandidateEditor(TreeSchemas schemas, Candidate before) {
    this.schemas = schemas;
    this.before = before;
    this.device = new TreeEditor(schemas.device(), TreeId.DEVICE, before.trees().device());
    this.roots = new TreeMap<>(before.trees().routers());
  }

  /// The candidate after the edits, in their order.
  ///
  /// @throws ManagementException the first error; the candidate stays as it was
  public static Candidate edit(TreeSchemas schemas, Candidate before, List<TreeEdit> edits)
      throws ManagementException {
    CandidateEditor editor = new CandidateEditor(schemas, before);
    for (TreeEdit edit : edits) {
      editor.apply(edit);
    }
    return editor.finish();
  }

  /// A candidate after some of the edits, and why others were refused.
  public record Partly(Candidate candidate, List<ManagementError> errors) {}

  /// The candidate after the edits that are possible, in their order.
  ///
  /// @param goOn whether those after one that was refused are tried, too
  public static Partly editPartly(
      TreeSchemas schemas, Candidate before, List<TreeEdit> edits, boolean goOn) {
    CandidateEditor editor = new CandidateEditor(schemas, before);
    List<ManagementError> errors = new ArrayList<>();
    for (TreeEdit edit : edits) {
      try {
        editor.apply(edit);
      } catch (ManagementException e) {
        errors.addAll(e.errors());
        if (!goOn) {
          break;
        }
      }
    }
    return new Partly(editor.finish(), List.copyOf(errors));
  }

  /// The candidate with other trees in the place of its own.
  public static Candidate replace(TreeSchemas schemas, Candidate before, Trees trees)
      throws ManagementException {
    return edit(schemas, before, replacing(trees));
  }

  /// The edits that put trees in the place of others.
  public static List<TreeEdit> replacing(Trees trees) {
    List<TreeEdit> edits = new ArrayList<>();
    edits.add(whole(TreeId.DEVICE, trees.device()));
    trees.routers().forEach((name, root) -> edits.add(whole(new TreeId.Router(name), root)));
    return edits;
  }

  private static TreeEdit whole(TreeId tree, ContainerNode root) {
    return new TreeEdit(tree, new EditOperation.Replace(YangInstanceIdentifier.of(), root));
  }

  private void apply(TreeEdit edit) throws ManagementException {
    switch (edit.tree()) {
      case TreeId.Device() -> {
        device.apply(edit.operation());
        YangInstanceIdentifier path = edit.operation().path();
        if (RouterEntries.mayConcern(path)) {
          follow(edit.operation());
        }
      }
      case TreeId.Router(String name) -> router(name).apply(edit.operation());
    }
  }

  private TreeEditor router(String name) throws ManagementException {
    TreeEditor open = routers.get(name);
    if (open != null) {
      return open;
    }
    ContainerNode root = roots.get(name);
    if (root == null) {
      throw new ManagementException(
          ManagementError.at(
              TreeId.DEVICE,
              RouterEntries.path(name),
              ErrorTag.DATA_MISSING,
              "there is no virtual router '"
                  + name
                  + "'; create /logical-network-elements/logical-network-element[name='"
                  + name
                  + "'] first"));
    }
    TreeEditor made = new TreeEditor(schemas.router(), new TreeId.Router(name), root);
    routers.put(name, made);
    return made;
  }

  // A tree exists exactly while its list entry does; what is replaced begins empty.
  private void follow(EditOperation operation) {
    SortedSet<String> present = RouterEntries.names(device::read);
    boolean replaces = operation instanceof EditOperation.Replace;
    for (String name : new TreeSet<>(roots.keySet())) {
      if (!present.contains(name)) {
        drop(name);
      } else if (replaces && RouterEntries.covers(operation.path(), name)) {
        drop(name);
        roots.put(name, TreeSchema.EMPTY);
      }
    }
    for (String name : present) {
      if (roots.putIfAbsent(name, TreeSchema.EMPTY) == null) {
        touched.put(new TreeId.Router(name), ROOT);
      }
    }
  }

  private void drop(String name) {
    routers.remove(name);
    roots.remove(name);
    touched.put(new TreeId.Router(name), ROOT);
  }

  private Candidate finish() {
    TreeEditor.Edited deviceAfter = device.finish();
    if (!deviceAfter.touched().isEmpty()) {
      touched.put(TreeId.DEVICE, deviceAfter.touched());
    }
    for (Map.Entry<String, TreeEditor> router : routers.entrySet()) {
      TreeEditor.Edited after = router.getValue().finish();
      roots.put(router.getKey(), after.root());
      if (!after.touched().isEmpty()) {
        touched.putIfAbsent(new TreeId.Router(router.getKey()), after.touched());
      }
    }
    return before.with(new Trees(deviceAfter.root(), roots), touched);
  }
}
