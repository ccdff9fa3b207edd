package io.vireo.datastore.engine;

import io.vireo.datastore.access.AccessControl;
import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.Candidate;
import io.vireo.datastore.tree.CandidateEditor;
import io.vireo.datastore.tree.Change;
import io.vireo.datastore.tree.FineChanges;
import io.vireo.datastore.tree.TreeDifference;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The candidate of one session: the one that all share, or its own, which begins as running when
/// it is first changed. Changed under the stage's writer lock.
final class SessionCandidate {
  private final Stage stage;
  private final TreeSchemas schemas;
  private final AccessControl access;
  private final Caller caller;
  private volatile boolean isPrivate;
  private volatile @Nullable Own own;

  /// @param base running as it was when this began
  private record Own(Trees base, Candidate candidate) {}

  /// @param caller whose it is
  SessionCandidate(Engine engine, Caller caller) {
    this.stage = engine.stage();
    this.schemas = engine.schemas();
    this.access = engine.access();
    this.caller = caller;
  }

  boolean isPrivate() {
    return isPrivate;
  }

  void makePrivate() {
    isPrivate = true;
  }

  /// As it stands.
  Candidate now() {
    State now = stage.now();
    Own mine = own;
    return !isPrivate
        ? now.candidate()
        : mine == null ? Candidate.of(now.running()) : mine.candidate();
  }

  void put(Candidate next) {
    State now = stage.now();
    if (isPrivate) {
      Own mine = own;
      own = new Own(mine == null ? now.running() : mine.base(), next);
    } else {
      stage.publish(now.withCandidate(next));
    }
  }

  /// Makes it running as that stands.
  void discard() {
    if (isPrivate) {
      own = null;
    } else {
      stage.discard();
    }
  }

  /// A private candidate as an edit of running as that stands; null: nothing was edited.
  ///
  /// @throws ManagementException others have changed the same places since
  @SuppressWarnings("ReferenceEquality") // whether running is the one it began with
  @Nullable Candidate rebased() throws ManagementException {
    Own mine = own;
    Trees running = stage.now().running();
    if (mine == null) {
      return null;
    }
    if (mine.base() == running) {
      return mine.candidate();
    }
    SortedMap<TreeId, List<Change>> changes =
        FineChanges.of(schemas, TreeDifference.between(mine.base(), mine.candidate()));
    requireNoConflict(
        changes, FineChanges.of(schemas, TreeDifference.between(mine.base(), running)));
    List<TreeEdit> edits = new ArrayList<>();
    changes.forEach((tree, differences) ->
        differences.forEach(change -> {
          if (change.after() != null) {
            edits.add(new TreeEdit(tree, new EditOperation.Replace(change.path(), change.after())));
          } else if (!change.path().isEmpty()) {
            // A router's whole tree goes with its list entry.
            edits.add(new TreeEdit(tree, new EditOperation.Remove(change.path())));
          }
        }));
    return CandidateEditor.edit(schemas, Candidate.of(running), edits);
  }

  /// Takes up what others have committed since.
  void update() throws ManagementException {
    Candidate next = rebased();
    own = next == null ? null : new Own(stage.now().running(), next);
  }

  private void requireNoConflict(Map<TreeId, List<Change>> mine, Map<TreeId, List<Change>> theirs)
      throws ManagementException {
    for (Map.Entry<TreeId, List<Change>> tree : mine.entrySet()) {
      for (Change change : tree.getValue()) {
        for (Change other : theirs.getOrDefault(tree.getKey(), List.of())) {
          boolean same =
              change.path().equals(other.path()) && Objects.equals(change.after(), other.after());
          if (!same
              && (change.path().contains(other.path()) || other.path().contains(change.path()))) {
            throw new ManagementException(
                access.errorAt(
                    caller,
                    tree.getKey(),
                    other.path(),
                    ErrorTag.OPERATION_FAILED,
                    "was changed in running since this private candidate began; discard it, or"
                        + " change it so that it agrees"));
          }
        }
      }
    }
  }
}
