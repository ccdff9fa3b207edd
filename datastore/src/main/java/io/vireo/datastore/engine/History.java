package io.vireo.datastore.engine;

import io.vireo.datastore.access.UserAccess;
import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.CommitInfo;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.store.CommitRecord;
import io.vireo.datastore.store.ConfigDatabase;
import io.vireo.datastore.store.Delta;
import io.vireo.datastore.store.StorageException;
import io.vireo.datastore.tree.Candidate;
import io.vireo.datastore.tree.CandidateEditor;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.cbor.TreeCborException;
import io.vireo.schema.cbor.TreePatchReader;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// The commits of the past, and the configurations that they made. Any thread.
public final class History {
  private final TreeSchemas schemas;
  private final ConfigDatabase database;

  public History(TreeSchemas schemas, ConfigDatabase database) {
    this.schemas = schemas;
    this.database = database;
  }

  /// The last commits, newest first, with the trees of which the reader may read something; those
  /// without any are left out.
  List<CommitInfo> list(int limit, UserAccess reader) throws ManagementException {
    try {
      return database.history(limit).stream()
          .map(commit -> info(commit, reader))
          .filter(commit -> reader.isUnlimited() || !commit.trees().isEmpty())
          .toList();
    } catch (StorageException e) {
      throw unreadable(e);
    }
  }

  private static CommitInfo info(CommitRecord commit, UserAccess reader) {
    return new CommitInfo(
        commit.transaction(),
        commit.time(),
        commit.user(),
        Caller.Door.valueOf(commit.door()),
        commit.session(),
        commit.comment(),
        commit.trees().stream().map(TreeNames::tree).filter(reader::maySeeAny).toList());
  }

  /// Running as a commit left it, as an edit of what it is now: costs what has changed since.
  ///
  /// @param transaction 0: before the first commit
  Candidate at(State now, long transaction) throws ManagementException {
    List<TreeEdit> edits = new ArrayList<>();
    try {
      requireKept(now, transaction);
      for (Map<String, Delta> commit : database.deltasAfter(transaction)) {
        SortedMap<TreeId, Delta> deviceFirst = new TreeMap<>();
        commit.forEach((name, delta) -> deviceFirst.put(TreeNames.tree(name), delta));
        for (Map.Entry<TreeId, Delta> delta : deviceFirst.entrySet()) {
          addUndo(edits, delta.getKey(), delta.getValue());
        }
      }
    } catch (StorageException e) {
      throw unreadable(e);
    }
    return CandidateEditor.edit(schemas, Candidate.of(now.running()), edits);
  }

  private void addUndo(List<TreeEdit> edits, TreeId tree, Delta delta) throws ManagementException {
    try {
      for (EditOperation edit : new TreePatchReader(schemas.of(tree).nodes()).read(delta.undo())) {
        // A router comes and goes with its list entry in the device's tree.
        if (!(edit instanceof EditOperation.Remove && edit.path().isEmpty())) {
          edits.add(new TreeEdit(tree, edit));
        }
      }
    } catch (TreeCborException e) {
      ManagementException refusal =
          new ManagementException(
              ManagementError.application(
                  ErrorTag.OPERATION_FAILED,
                  "that commit does not fit this version's models: " + e.getMessage()));
      refusal.initCause(e);
      throw refusal;
    }
  }

  private void requireKept(State now, long transaction)
      throws ManagementException, StorageException {
    List<CommitRecord> kept = database.history(Integer.MAX_VALUE);
    long oldest = kept.isEmpty() ? 0 : kept.getLast().transaction();
    // Before the oldest that is kept there is one more: its undo leads there.
    if (transaction > now.transaction() || transaction < Math.max(0, oldest - 1)) {
      throw new ManagementException(
          ManagementError.protocol(
              ErrorTag.INVALID_VALUE,
              "there is no commit "
                  + transaction
                  + "; those from "
                  + Math.max(0, oldest - 1)
                  + " to "
                  + now.transaction()
                  + " are kept"));
    }
  }

  /// Forgets the commits before this one.
  ///
  /// @param trees running as it is, by tree
  void forget(long transaction, Map<String, byte[]> trees) throws StorageException {
    database.forgetHistory(transaction, trees);
  }

  private static ManagementException unreadable(StorageException e) {
    ManagementException refusal =
        new ManagementException(
            ManagementError.application(
                ErrorTag.OPERATION_FAILED, "the history can't be read: " + e.getMessage()));
    refusal.initCause(e);
    return refusal;
  }
}
