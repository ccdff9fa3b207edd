package io.vireo.datastore.engine;

import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.store.ConfigDatabase;
import io.vireo.datastore.store.PendingCommit;
import io.vireo.datastore.store.StorageException;
import io.vireo.datastore.tree.Candidate;
import io.vireo.datastore.tree.TreeSchemas;
import java.util.List;
import java.util.Optional;

/// A confirmed commit that waits while the models are exchanged for others. It is taken back before
/// anything is migrated, whatever its token: the way back from later on would undo the migration.
/// RFC 6241 §8.4.1: "If the device reboots for any reason before the confirm timeout expires, the
/// server MUST restore the configuration to its state before the confirmed commit was issued."
final class PendingAtBoot {
  private PendingAtBoot() {}

  /// What is to be migrated, as an edit of what is stored.
  ///
  /// @param done what was, in words
  static Candidate takenBack(
      ConfigDatabase database,
      TreeSchemas schemas,
      long transaction,
      Trees stored,
      List<String> done)
      throws StorageException {
    Optional<PendingCommit> pending = database.pending();
    if (pending.isEmpty()) {
      return Candidate.of(stored);
    }
    long base = pending.get().base();
    try {
      Candidate back = new History(schemas, database).at(State.of(transaction, stored), base);
      done.add("back to commit " + base + ": the models changed before it was confirmed");
      return back;
    } catch (ManagementException e) {
      throw database.misfit(
          "has a confirmed commit that was not confirmed and can't be taken back with the models"
              + " that are here ("
              + e.getMessage()
              + "); start the version that wrote it, and confirm or cancel it");
    }
  }
}
