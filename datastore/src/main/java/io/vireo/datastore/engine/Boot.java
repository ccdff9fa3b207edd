package io.vireo.datastore.engine;

import io.vireo.datastore.EngineOptions;
import io.vireo.datastore.access.DeadRule;
import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.store.CommitRecord;
import io.vireo.datastore.store.ConfigDatabase;
import io.vireo.datastore.store.Delta;
import io.vireo.datastore.store.StorageException;
import io.vireo.datastore.store.StoredConfig;
import io.vireo.datastore.tree.Candidate;
import io.vireo.datastore.tree.CandidateEditor;
import io.vireo.datastore.tree.Change;
import io.vireo.datastore.tree.RouterEntries;
import io.vireo.datastore.tree.TreeDifference;
import io.vireo.datastore.tree.TreeSchema;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.datastore.validate.Validation;
import io.vireo.schema.cbor.TreeCborException;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Brings up what lies on disk: read with the models of now or, where it was written with others,
/// migrated, or refused with the reason. A refusal leaves the disk as it was.
public final class Boot {
  private static final List<Migration> MIGRATIONS = List.of(new AccessMigration());

  private final ConfigDatabase database;
  private final TreeSchemas schemas;
  private final TreeCodec device;
  private final TreeCodec router;
  private final Validation validation;
  private final EngineOptions options;
  private final Clock clock;
  private final List<String> warnings = new ArrayList<>();

  public Boot(
      ConfigDatabase database,
      TreeSchemas schemas,
      Validation validation,
      EngineOptions options,
      Clock clock) {
    this.database = database;
    this.schemas = schemas;
    this.device = new TreeCodec(schemas.device().nodes());
    this.router = new TreeCodec(schemas.router().nodes());
    this.validation = validation;
    this.options = options;
    this.clock = clock;
  }

  /// What was on disk.
  ///
  /// @param warnings what of it could not be taken, in words
  public record Loaded(State state, KeptConfigs kept, List<String> warnings) {}

  public Loaded load() throws StorageException {
    ModelSet now =
        ModelSet.of(schemas.device().nodes().context(), schemas.router().nodes().context());
    // Before models were noted, those of now were there but access control.
    ModelSet before = ModelSet.parse(database.models().orElse(""));
    Optional<StoredConfig> found = database.load();
    State state =
        found.isEmpty()
            ? State.of(0, new Trees(TreeSchema.EMPTY, new TreeMap<>()))
            : state(found.get(), before, now);
    KeptConfigs kept = new KeptConfigs(database, device, router, options, state.running());
    if (!before.equals(now)) {
      kept.revise((store, trees) -> revised(store, trees, before, state.running()));
      database.keepModels(now.text());
    }
    return new Loaded(state, kept, List.copyOf(warnings));
  }

  // What is not in force must not keep a device from starting.
  private Trees revised(String store, Trees kept, ModelSet before, Trees running) {
    try {
      Trees migrated = migrated(Candidate.of(kept), before, new ArrayList<>()).trees();
      List<ManagementError> errors = validation.check(migrated);
      if (errors.isEmpty()) {
        return migrated;
      }
      warnings.add(
          store
              + " is not valid with the models that are here ("
              + errors.getFirst().message()
              + "): it is now what running is");
    } catch (ManagementException e) {
      warnings.add(
          store + " can't be migrated (" + e.getMessage() + "): it is now what running is");
    }
    return running;
  }

  private State state(StoredConfig stored, ModelSet before, ModelSet now) throws StorageException {
    Trees trees = decode(stored, before, now);
    if (before.equals(now)) {
      return State.of(stored.transaction(), trees);
    }
    return takeOver(stored.transaction(), trees, before, now);
  }

  private Trees decode(StoredConfig stored, ModelSet before, ModelSet now) throws StorageException {
    SortedMap<String, ContainerNode> routers = new TreeMap<>();
    ContainerNode root;
    try {
      root = device.decode(stored.device());
      for (String name : RouterEntries.names(root)) {
        byte[] bytes = stored.routers().get(name);
        routers.put(name, bytes == null ? TreeSchema.EMPTY : router.decode(bytes));
      }
    } catch (TreeCborException e) {
      throw database.misfit(e);
    }
    long unknown = device.unknownNodes() + router.unknownNodes();
    if (unknown > 0) {
      List<String> missing = before.without(now);
      String what =
          unknown
              + (unknown == 1 ? " node" : " nodes")
              + " that the models here do not know"
              + (missing.isEmpty() ? "" : ", of " + String.join(", ", missing));
      if (!options.dropUnknown()) {
        throw database.misfit(
            "has "
                + what
                + "; give the models' folder with --models, or start with --unknown-data drop to"
                + " leave that data out");
      }
      warnings.add(what + ": left out");
    }
    return new Trees(root, routers);
  }

  private State takeOver(long transaction, Trees stored, ModelSet before, ModelSet now)
      throws StorageException {
    List<String> done = new ArrayList<>();
    Candidate begin = PendingAtBoot.takenBack(database, schemas, transaction, stored, done);
    Candidate migrated;
    try {
      migrated = migrated(begin, before, done);
    } catch (ManagementException e) {
      throw database.misfit(e);
    }
    requireRulesAlive(migrated.trees());
    requireValid(migrated.trees(), before, now);
    SortedMap<TreeId, List<Change>> changes = TreeDifference.between(stored, migrated);
    if (changes.isEmpty()) {
      database.keepPending(null);
      return State.of(transaction, stored);
    }
    write(transaction + 1, stored, migrated.trees(), changes, String.join("; ", done));
    warnings.addAll(done);
    return State.of(transaction + 1, migrated.trees());
  }

  /// @param done what was, in words
  private Candidate migrated(Candidate stored, ModelSet before, List<String> done)
      throws ManagementException {
    Trees begin = stored.trees();
    Candidate migrated = stored;
    for (Migration migration : MIGRATIONS) {
      if (migration.applies(before, begin)) {
        Candidate next = CandidateEditor.edit(schemas, migrated, migration.edits(schemas, begin));
        if (!TreeDifference.between(migrated.trees(), next).isEmpty()) {
          done.add(migration.description());
        }
        migrated = next;
      }
    }
    return options.dropUnknown() ? withoutDeadPermissions(migrated, done) : migrated;
  }

  // They go with the data that they were about.
  private Candidate withoutDeadPermissions(Candidate migrated, List<String> done)
      throws ManagementException {
    List<TreeEdit> edits = new ArrayList<>();
    for (DeadRule rule : DeadRule.of(schemas, migrated.trees().device())) {
      if (rule.permits()) {
        edits.add(new TreeEdit(TreeId.DEVICE, new EditOperation.Remove(rule.path())));
        done.add("access rule '" + rule.name() + "' left out: " + rule.why());
      }
    }
    return edits.isEmpty() ? migrated : CandidateEditor.edit(schemas, migrated, edits);
  }

  // One that denies is not left out: it would be missed when its model comes back.
  private void requireRulesAlive(Trees trees) throws StorageException {
    for (DeadRule rule : DeadRule.of(schemas, trees.device())) {
      throw database.misfit(
          "has the access rule '"
              + rule.name()
              + "', which "
              + (rule.permits() ? "permits" : "denies")
              + " what the models here do not know ("
              + rule.why()
              + "); give the models' folder with --models, "
              + (rule.permits()
                  ? "or start with --unknown-data drop to leave the rule out"
                  : "or delete the rule while they are here"));
    }
  }

  private void requireValid(Trees trees, ModelSet before, ModelSet now) throws StorageException {
    List<ManagementError> errors = validation.check(trees);
    if (!errors.isEmpty()) {
      List<String> revised = before.revisedIn(now);
      throw database.misfit(
          "is not valid with the models that are here"
              + (revised.isEmpty() ? "" : " (" + String.join(", ", revised) + ")")
              + ": "
              + errors.stream()
                  .limit(3)
                  .map(ManagementError::message)
                  .collect(Collectors.joining("; "))
              + "; start the version that wrote it and change that first");
    }
  }

  private void write(
      long transaction,
      Trees before,
      Trees after,
      Map<TreeId, List<Change>> changes,
      String comment)
      throws StorageException {
    Map<String, Delta> deltas = Deltas.of(schemas, before, after, changes);
    database.write(
        new CommitRecord(
            transaction,
            clock.instant(),
            "system",
            Caller.Door.SYSTEM.name(),
            0,
            comment,
            new TreeSet<>(deltas.keySet())),
        deltas,
        null);
  }
}
