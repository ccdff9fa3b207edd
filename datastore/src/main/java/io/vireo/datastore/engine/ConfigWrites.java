package io.vireo.datastore.engine;

import io.vireo.datastore.api.CommitOptions;
import io.vireo.datastore.api.CommitResult;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.EditOptions;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.SessionInfo;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.store.StorageException;
import io.vireo.datastore.tree.Candidate;
import io.vireo.datastore.tree.CandidateEditor;
import io.vireo.datastore.tree.Change;
import io.vireo.datastore.tree.TreeDifference;
import io.vireo.datastore.tree.TreeSchema;
import io.vireo.datastore.validate.Validation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What one session changes of configurations. All under the stage's writer lock, with the locks of
/// others respected and everything permitted that is changed.
final class ConfigWrites {
  private final Engine engine;
  private final SessionInfo by;
  private final SessionCandidate candidate;

  ConfigWrites(Engine engine, SessionInfo by, SessionCandidate candidate) {
    this.engine = engine;
    this.by = by;
    this.candidate = candidate;
  }

  /// A step on the way to another candidate.
  private interface Step {
    CandidateEditor.Partly apply(Candidate before) throws ManagementException;
  }

  void edit(Datastore target, List<TreeEdit> edits, EditOptions options)
      throws ManagementException {
    if (target == Datastore.STARTUP) {
      throw unsupported("startup is written as a whole: copy a configuration to it");
    }
    engine.access().requireNamed(by.caller(), edits);
    change(
        target,
        options.test(),
        before ->
            options.onError() == EditOptions.OnError.ROLLBACK
                ? whole(CandidateEditor.edit(engine.schemas(), before, edits))
                : CandidateEditor.editPartly(
                    engine.schemas(),
                    before,
                    edits,
                    options.onError() == EditOptions.OnError.CONTINUE));
  }

  void replace(Datastore target, Trees trees) throws ManagementException {
    engine.access().requireNamed(by.caller(), CandidateEditor.replacing(trees));
    if (target == Datastore.STARTUP) {
      writeStartup(trees, Authority.NODES);
      return;
    }
    change(
        target,
        EditOptions.Test.SET,
        before -> whole(CandidateEditor.replace(engine.schemas(), before, trees)));
  }

  /// Makes a datastore what another is, with what the caller may not read.
  void copy(Datastore source, Datastore target) throws ManagementException {
    Trees trees = requireConfiguration(source, "copy");
    if (source == Datastore.RUNNING && target == Datastore.STARTUP) {
      // RFC 8341 §3.2.6: "only required to have permission to execute the <copy-config> operation".
      writeStartup(trees, Authority.OPERATION);
      return;
    }
    // RFC 8341 §3.2.6 omits silently what may not be read: the target would lose it. Here it goes
    // along where that changes nothing, and is no way to change it where it would.
    if (target == Datastore.STARTUP) {
      Trees before = startup();
      requireReadable(() -> TreeDifference.between(before, trees));
      writeStartup(trees, Authority.NODES);
      return;
    }
    change(
        target,
        EditOptions.Test.SET,
        before -> {
          Candidate after = CandidateEditor.replace(engine.schemas(), before, trees);
          requireReadable(() -> TreeDifference.between(before.trees(), after));
          return whole(after);
        });
  }

  private void requireReadable(Supplier<Map<TreeId, List<Change>>> changes)
      throws ManagementException {
    if (!engine.access().of(by.caller()).isUnlimited()) {
      engine.access().requireReadable(by.caller(), changes.get());
    }
  }

  /// Makes the candidate what running was after a commit.
  void load(long transaction) throws ManagementException {
    Candidate loaded = engine.history().at(engine.stage().now(), transaction);
    if (candidate.isPrivate()) {
      // It takes the place of all that was edited, and begins with running as it is now; what was
      // edited stays where that is denied.
      Candidate running = Candidate.of(engine.stage().now().running());
      Candidate permitted = permitted(running, before -> whole(loaded)).candidate();
      candidate.discard();
      candidate.put(permitted);
      return;
    }
    change(Datastore.CANDIDATE, EditOptions.Test.SET, before -> whole(loaded.touchedToo(before)));
  }

  private static CandidateEditor.Partly whole(Candidate after) {
    return new CandidateEditor.Partly(after, List.of());
  }

  private void change(Datastore target, EditOptions.Test test, Step step)
      throws ManagementException {
    switch (target) {
      case CANDIDATE -> {
        requireCandidateFree();
        CandidateEditor.Partly after = permitted(candidate.now(), step);
        if (test != EditOptions.Test.SET) {
          requireValid(after.candidate());
        }
        if (test != EditOptions.Test.TEST_ONLY) {
          candidate.put(after.candidate());
        }
        requireNone(after.errors());
      }
      // RFC 6241 §8.2: in force at once, or not at all.
      case RUNNING -> {
        engine.locks().requireFree(Datastore.RUNNING, by.id());
        CandidateEditor.Partly after =
            permitted(Candidate.of(engine.stage().now().running()), step);
        if (test == EditOptions.Test.TEST_ONLY) {
          engine.access().requireChanges(by.caller(), requireValid(after.candidate()).changes());
        } else {
          engine.commits().change(by, after.candidate());
        }
        requireNone(after.errors());
      }
      default ->
          throw unsupported(target.yangName() + " can't be written; edit the candidate or running");
    }
  }

  private void requireCandidateFree() throws ManagementException {
    if (!candidate.isPrivate()) {
      engine.locks().requireFree(Datastore.CANDIDATE, by.id());
    }
  }

  private Validation.Result requireValid(Candidate after) throws ManagementException {
    Validation.Result checked = engine.validation().check(engine.stage().now().running(), after);
    requireNone(checked.errors());
    return checked;
  }

  private static void requireNone(List<ManagementError> errors) throws ManagementException {
    if (!errors.isEmpty()) {
      throw new ManagementException(errors);
    }
  }

  private CandidateEditor.Partly permitted(Candidate before, Step step) throws ManagementException {
    CandidateEditor.Partly after = told(before, step);
    if (!engine.access().mayChangeAll(by.caller())) {
      engine
          .access()
          .requireChanges(by.caller(), TreeDifference.between(before.trees(), after.candidate()));
    }
    return after;
  }

  // What refuses a step, as its user may be told it.
  private CandidateEditor.Partly told(Candidate before, Step step) throws ManagementException {
    try {
      CandidateEditor.Partly made = step.apply(before);
      return new CandidateEditor.Partly(
          made.candidate(), engine.access().told(by.caller(), made.errors()));
    } catch (ManagementException e) {
      ManagementException told =
          new ManagementException(engine.access().told(by.caller(), e.errors()));
      told.initCause(e);
      throw told;
    }
  }

  CommitResult commit(CommitOptions options) throws ManagementException {
    // RFC 6241 §8.3.4.1: locked by another session: in-use.
    engine.locks().requireFree(Datastore.RUNNING, by.id());
    requireCandidateFree();
    State now = engine.stage().now();
    Candidate own = null;
    if (candidate.isPrivate()) {
      Candidate rebased = candidate.rebased();
      own = rebased == null ? Candidate.of(now.running()) : rebased;
    }
    if (!engine.access().mayChangeAll(by.caller())) {
      // RFC 8341 §3.2.8: what the commit changes of running, whoever put it into the candidate.
      engine
          .access()
          .requireChanges(
              by.caller(),
              TreeDifference.between(now.running(), own == null ? now.candidate() : own));
    }
    CommitResult result = engine.commits().commit(by, options, own);
    if (own != null) {
      candidate.discard();
    }
    return result;
  }

  void discard() throws ManagementException {
    requireCandidateFree();
    candidate.discard();
  }

  private void writeStartup(Trees trees, Authority authority) throws ManagementException {
    Trees before = startup();
    engine.locks().requireFree(Datastore.STARTUP, by.id());
    // RFC 7950 §8.3.3: what is stored in startup is valid.
    Candidate after = CandidateEditor.replace(engine.schemas(), Candidate.of(before), trees);
    if (authority == Authority.NODES && !engine.access().mayChangeAll(by.caller())) {
      engine.access().requireChanges(by.caller(), TreeDifference.between(before, after));
    }
    requireNone(engine.validation().check(after.trees()));
    store(() -> engine.kept().writeStartup(after.trees()));
    engine.commits().tell(Datastore.STARTUP, by, TreeDifference.between(before, after.trees()));
  }

  void deleteStartup() throws ManagementException {
    writeStartup(new Trees(TreeSchema.EMPTY, new TreeMap<>()), Authority.NODES);
  }

  private Trees startup() throws ManagementException {
    requireStartup();
    return engine.kept().startup();
  }

  private void requireStartup() throws ManagementException {
    if (!engine.kept().hasStartup()) {
      throw unsupported(
          "there is no startup datastore: every commit is kept; start vireo with --startup on to"
              + " have one");
    }
  }

  /// RFC 8808 §2: running, candidate and startup as they were after the first start, and nothing of
  /// what was since.
  void factoryReset() throws ManagementException {
    Trees factory = engine.kept().factoryDefault();
    if (factory == null) {
      throw new ManagementException(
          ManagementError.application(
              ErrorTag.OPERATION_FAILED, "no factory-default configuration is known"));
    }
    for (Datastore each : List.of(Datastore.RUNNING, Datastore.CANDIDATE, Datastore.STARTUP)) {
      engine.locks().requireFree(each, by.id());
    }
    Candidate running = Candidate.of(engine.stage().now().running());
    engine.commits().reset(by, CandidateEditor.replace(engine.schemas(), running, factory));
    engine.stage().discard();
    if (engine.kept().hasStartup()) {
      store(() -> engine.kept().writeStartup(factory));
    }
    State now = engine.stage().now();
    store(() -> engine.history().forget(now.transaction(), engine.kept().encode(now.running())));
  }

  private interface Storing {
    void run() throws StorageException;
  }

  private static void store(Storing storing) throws ManagementException {
    try {
      storing.run();
    } catch (StorageException e) {
      throw StorageErrors.refusal("it was not written", e);
    }
  }

  private static ManagementException unsupported(String message) {
    return new ManagementException(
        ManagementError.protocol(ErrorTag.OPERATION_NOT_SUPPORTED, message));
  }

  /// The configuration of a datastore as this session has it.
  ///
  /// @param what is to be done with it, for the refusal of what is none
  Trees requireConfiguration(Datastore datastore, String what) throws ManagementException {
    Trees trees = configuration(datastore);
    if (trees == null) {
      throw new ManagementException(
          ManagementError.protocol(
              ErrorTag.INVALID_VALUE,
              datastore.yangName()
                  + " is not a configuration; "
                  + what
                  + " running or the candidate"));
    }
    return trees;
  }

  /// The configuration of a datastore as this session has it; null: it is none.
  @Nullable Trees configuration(Datastore datastore) throws ManagementException {
    return switch (datastore) {
      // RFC 8342 §5.1.4: nothing is inactive or a template here.
      case RUNNING, INTENDED -> engine.stage().now().running();
      case CANDIDATE -> candidate.now().trees();
      case STARTUP -> startup();
      case FACTORY_DEFAULT -> {
        Trees factory = engine.kept().factoryDefault();
        yield factory == null ? new Trees(TreeSchema.EMPTY, new TreeMap<>()) : factory;
      }
      case OPERATIONAL -> null;
    };
  }
}
