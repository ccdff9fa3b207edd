package io.vireo.datastore;

import io.vireo.datastore.access.AccessControl;
import io.vireo.datastore.access.AccessState;
import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.LockInfo;
import io.vireo.datastore.api.Management;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.PartialLock;
import io.vireo.datastore.api.RouterBinding;
import io.vireo.datastore.api.SessionInfo;
import io.vireo.datastore.api.StateSource;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.api.UserDirectory;
import io.vireo.datastore.engine.Boot;
import io.vireo.datastore.engine.CommitPipeline;
import io.vireo.datastore.engine.Confirmation;
import io.vireo.datastore.engine.Engine;
import io.vireo.datastore.engine.EventBus;
import io.vireo.datastore.engine.History;
import io.vireo.datastore.engine.KeptConfigs;
import io.vireo.datastore.engine.Locks;
import io.vireo.datastore.engine.RunningUsers;
import io.vireo.datastore.engine.SessionTable;
import io.vireo.datastore.engine.Snapshots;
import io.vireo.datastore.engine.Stage;
import io.vireo.datastore.engine.StateReader;
import io.vireo.datastore.engine.TreeCodec;
import io.vireo.datastore.engine.YangLibrary;
import io.vireo.datastore.store.ConfigDatabase;
import io.vireo.datastore.store.PendingCommit;
import io.vireo.datastore.store.StorageException;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.datastore.validate.Validation;
import io.vireo.schema.DeviceSchema;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/// The datastores of one device, from the moment the router manager opens them to its end.
public final class ManagementEngine implements Management, UserDirectory, AutoCloseable {
  private final DeviceSchema schema;
  private final ConfigDatabase database;
  private final Stage stage;
  private final RunningUsers users;
  private final StateReader states;
  private final Engine engine;
  private final Snapshots snapshots;
  private final Confirmation confirmation;
  private final KeptConfigs kept;
  private final EventBus events;
  private final List<String> bootWarnings;

  private ManagementEngine(
      TreeSchemas schemas,
      ConfigDatabase database,
      Boot.Loaded loaded,
      Validation validation,
      RouterBinding binding,
      EngineOptions options,
      Clock clock) {
    SchemaTree device = schemas.device().nodes();
    SchemaTree router = schemas.router().nodes();
    this.schema = new DeviceSchema(device.context(), router.context());
    this.database = database;
    this.stage = new Stage(loaded.state());
    this.bootWarnings = loaded.warnings();
    this.users = new RunningUsers(stage, device);
    this.states =
        new StateReader(
            schemas,
            binding,
            new YangLibrary(device.context(), true, options.startup()),
            new YangLibrary(router.context(), false, options.startup()));
    AccessControl access =
        new AccessControl(schemas, () -> stage.now().running(), options.recoveryUsers());
    SchemaNode nacm = device.find(AccessState.NAMESPACE, "nacm");
    if (nacm != null) {
      states.register(new AccessState(nacm, access));
    }
    this.snapshots = new Snapshots(stage, database, new TreeCodec(device), new TreeCodec(router));
    Locks locks = new Locks(clock);
    this.events = new EventBus(clock);
    CommitPipeline commits =
        new CommitPipeline(
            stage, validation, database, schemas, snapshots, binding, locks, access, events, clock);
    History history = new History(schemas, database);
    this.confirmation = new Confirmation(stage, commits, history, events, clock);
    this.kept = loaded.kept();
    this.engine =
        new Engine(
            schemas,
            stage,
            locks,
            new SessionTable(),
            validation,
            confirmation,
            history,
            states,
            binding,
            access,
            kept,
            events,
            clock);
  }

  /// Opens the datastores: running is what was committed last.
  ///
  /// @param databaseDirectory where `vireo.db` lies; made when absent
  /// @param binding the virtual routers; not called before a session calls for it
  /// @throws StorageException the database can't be used; the message says why and what to do
  public static ManagementEngine open(
      Path databaseDirectory,
      SchemaTree device,
      SchemaTree router,
      RouterBinding binding,
      EngineOptions options)
      throws StorageException {
    ConfigDatabase database = ConfigDatabase.open(databaseDirectory);
    try {
      TreeSchemas schemas = TreeSchemas.of(device, router);
      Validation validation = new Validation(schemas);
      Clock clock = Clock.systemUTC();
      Boot.Loaded loaded = new Boot(database, schemas, validation, options, clock).load();
      return new ManagementEngine(schemas, database, loaded, validation, binding, options, clock);
    } catch (StorageException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public ManagementSession open(Caller caller, Runnable onKill) {
    return engine.open(caller, onKill);
  }

  @Override
  public DeviceSchema schema() {
    return schema;
  }

  @Override
  public List<SessionInfo> sessions() {
    return engine.sessionList();
  }

  @Override
  public List<LockInfo> locks() {
    return engine.lockList();
  }

  @Override
  public List<PartialLock> partialLocks() {
    return engine.locks().parts();
  }

  @Override
  public boolean hasStartup() {
    return kept.hasStartup();
  }

  /// Keeps running as it stands as factory-default, unless there is one already: to be called when
  /// the first start has committed what it begins with.
  public void keepFactoryDefault() throws StorageException {
    if (kept.factoryDefault() == null) {
      kept.writeFactoryDefault(running());
    }
  }

  @Override
  public void register(StateSource source) {
    states.register(source);
  }

  @Override
  public Optional<User> find(String name) {
    return users.find(name);
  }

  /// Takes up a confirmed commit that was pending when the last process ended: to be called once
  /// the binding can carry commits. It is taken back when its time is over, or at once where only
  /// its session could have confirmed it (RFC 6241 §8.4.1).
  public void resumeConfirmation() throws StorageException, ManagementException {
    Optional<PendingCommit> pending = database.pending();
    if (pending.isPresent()) {
      confirmation.resume(pending.get());
    }
  }

  /// Whether running names any user; none does on a device that was never configured.
  public boolean hasUsers() {
    return !users.isEmpty();
  }

  /// Running as it stands.
  public Trees running() {
    return stage.now().running();
  }

  /// The commit that made running; 0: none yet.
  public long transaction() {
    return stage.now().transaction();
  }

  /// How many of the models' expressions were evaluated since the start, to validate changes.
  public long evaluations() {
    return engine.validation().evaluations();
  }

  /// What of the stored configuration could not be taken, in words.
  public List<String> bootWarnings() {
    return bootWarnings;
  }

  /// Ends all sessions and lets the database go.
  @Override
  public void close() throws StorageException {
    confirmation.close();
    engine.end();
    events.close();
    snapshots.close();
    database.close();
  }
}
