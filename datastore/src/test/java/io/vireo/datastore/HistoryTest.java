package io.vireo.datastore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.CommitInfo;
import io.vireo.datastore.api.CommitOptions;
import io.vireo.datastore.api.CommitOptions.Confirmed;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.TreeChange;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.api.Version;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// The past of running: history, rollback, comparison, and commits that wait for a confirmation.
class HistoryTest {
  private static final TreeId BLUE = new TreeId.Router("blue");
  private static final Caller ANN = new Caller("ann", Caller.Door.NETCONF, "192.0.2.1:4000");
  private static final YangInstanceIdentifier ROOT = YangInstanceIdentifier.of();
  private static final QName SYSTEM =
      QName.create("urn:vireo:yang:vireo-system", "2026-11-26", "system");
  private static final YangInstanceIdentifier CONTACT =
      YangInstanceIdentifier.of(SYSTEM, QName.create(SYSTEM, "contact"));

  @TempDir Path directory;
  private ManagementEngine engine;
  private ManagementSession session;

  @BeforeEach
  void open() throws Exception {
    engine =
        ManagementEngine.open(
            directory,
            TestTrees.DEVICE_TREE,
            TestTrees.ROUTER_TREE,
            new FakeRouters(),
            EngineOptions.recovery("ann"));
    session = engine.open(ANN, () -> {});
  }

  @AfterEach
  void close() throws Exception {
    engine.close();
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(10, TimeUnit.SECONDS);
  }

  private static ErrorTag tag(CompletableFuture<?> future) {
    ExecutionException failure = assertThrows(ExecutionException.class, () -> get(future));
    return assertInstanceOf(ManagementException.class, failure.getCause())
        .errors()
        .getFirst()
        .tag();
  }

  private void edit(String contact) throws Exception {
    TreeEdit edit =
        new TreeEdit(
            TreeId.DEVICE,
            new EditOperation.Merge(
                ROOT,
                TestTrees.device(
                    "<vsys:system><vsys:contact>" + contact + "</vsys:contact></vsys:system>")));
    get(session.edit(Datastore.CANDIDATE, List.of(edit)));
  }

  private void commit(String contact) throws Exception {
    edit(contact);
    get(session.commit("to " + contact));
  }

  private void commitConfirmed(String contact, int timeoutS, @Nullable String persist)
      throws Exception {
    edit(contact);
    get(session.commitWith(new CommitOptions(null, new Confirmed(timeoutS, persist), null)));
  }

  private @Nullable Object contact() {
    return TestTrees.find(engine.running().device(), CONTACT)
        .map(NormalizedNode::body)
        .orElse(null);
  }

  /// Waits until running says so; fails after ten seconds.
  private void awaitContact(String wanted) {
    long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!Objects.equals(contact(), wanted) && System.nanoTime() < untilNs) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    assertEquals(wanted, contact());
  }

  private void commitRouter(String... interfaces) throws Exception {
    get(
        session.edit(
            Datastore.CANDIDATE,
            List.of(
                new TreeEdit(
                    TreeId.DEVICE,
                    new EditOperation.Merge(
                        ROOT, TestTrees.device(TestTrees.routersXml("blue")))))));
    for (String name : interfaces) {
      get(
          session.edit(
              Datastore.CANDIDATE,
              List.of(
                  new TreeEdit(
                      BLUE,
                      new EditOperation.Merge(
                          ROOT,
                          TestTrees.router(TestTrees.interfaceXml(name, TestTrees.ETHERNET)))))));
    }
    get(session.commit(null));
  }

  @Test
  void history_afterCommits_namesThemNewestFirst() throws Exception {
    commit("a");
    commitRouter("eth0");
    List<CommitInfo> history = get(session.history(10));
    assertEquals(List.of(2L, 1L), history.stream().map(CommitInfo::transaction).toList());
    assertEquals("to a", history.getLast().comment());
    assertEquals("ann", history.getLast().user());
    assertEquals(List.of(TreeId.DEVICE, BLUE), history.getFirst().trees());
    assertEquals(1, get(session.history(1)).size());
  }

  @Test
  void load_eachCommit_isWhatRunningWas() throws Exception {
    List<Trees> states = new java.util.ArrayList<>();
    states.add(engine.running());
    commit("a");
    states.add(engine.running());
    commitRouter("eth0", "eth1");
    states.add(engine.running());
    get(
        session.edit(
            Datastore.CANDIDATE,
            List.of(
                new TreeEdit(
                    TreeId.DEVICE,
                    new EditOperation.Delete(
                        io.vireo.datastore.tree.RouterEntries.path("blue"))))));
    get(session.commit(null));
    states.add(engine.running());
    commit("b");
    states.add(engine.running());
    close();
    open();
    for (int i = states.size() - 1; i >= 0; i--) {
      get(session.load(i));
      int transaction = i;
      get(
          session.read(
              Datastore.CANDIDATE,
              io.vireo.datastore.api.Selection.ALL,
              trees -> assertEquals(states.get(transaction), trees, "commit " + transaction)));
    }
    get(session.load(2));
    get(session.commit("back"));
    assertEquals(states.get(2), engine.running());
    assertEquals(ErrorTag.INVALID_VALUE, tag(session.load(99)));
    assertEquals(ErrorTag.INVALID_VALUE, tag(session.load(-1)));
  }

  @Test
  void compare_versions_isTheLeastThatTellsThemApart() throws Exception {
    commit("a");
    commit("b");
    edit("c");
    List<TreeChange> changes =
        get(session.compare(new Version.OfCommit(1), new Version.OfDatastore(Datastore.CANDIDATE)));
    assertEquals(1, changes.size());
    TreeChange change = changes.getFirst();
    assertEquals(CONTACT, change.path());
    assertEquals("a", Objects.requireNonNull(change.before()).body());
    assertEquals("c", Objects.requireNonNull(change.after()).body());
    assertEquals(
        List.of(),
        get(session.compare(new Version.OfCommit(2), new Version.OfDatastore(Datastore.RUNNING))));
  }

  @Test
  void confirmed_notConfirmed_goesBackAndKeepsTheCandidate() throws Exception {
    commit("a");
    commitConfirmed("b", 1, null);
    assertEquals("b", contact());
    commitRouterToCandidate();
    awaitContact("a");
    assertEquals(
        1,
        get(
                session.compare(
                    new Version.OfDatastore(Datastore.RUNNING),
                    new Version.OfDatastore(Datastore.CANDIDATE)))
            .stream()
            .filter(change -> change.path().equals(CONTACT))
            .count());
    assertTrue(
        String.valueOf(get(session.history(1)).getFirst().comment()).contains("not confirmed"));
  }

  private void commitRouterToCandidate() throws Exception {
    get(
        session.edit(
            Datastore.CANDIDATE,
            List.of(
                new TreeEdit(
                    TreeId.DEVICE,
                    new EditOperation.Merge(
                        ROOT, TestTrees.device(TestTrees.routersXml("green")))))));
  }

  @Test
  void confirmed_thenCommit_stays() throws Exception {
    commit("a");
    commitConfirmed("b", 1, null);
    get(session.commit(null));
    // Longer than the time-out: what would go back has gone back by then.
    commitConfirmed("c", 1, null);
    awaitContact("b");
  }

  @Test
  void confirmed_extended_goesBackToBeforeTheFirst() throws Exception {
    commit("a");
    commitConfirmed("b", 60, null);
    commitConfirmed("c", 1, null);
    awaitContact("a");
  }

  @Test
  void confirmed_sessionEnds_goesBackAtOnce() throws Exception {
    commit("a");
    commitConfirmed("b", 600, null);
    session.close();
    awaitContact("a");
  }

  @Test
  void confirmed_otherSession_isInUseButForTheToken() throws Exception {
    commit("a");
    commitConfirmed("b", 600, "token");
    session.close();
    session = engine.open(ANN, () -> {});
    assertEquals(ErrorTag.IN_USE, tag(session.commit(null)));
    assertEquals(
        ErrorTag.INVALID_VALUE, tag(session.commitWith(new CommitOptions(null, null, "wrong"))));
    assertEquals(ErrorTag.INVALID_VALUE, tag(session.cancelCommit("wrong")));
    get(session.commitWith(new CommitOptions(null, null, "token")));
    assertEquals("b", contact());
    assertEquals(
        ErrorTag.INVALID_VALUE, tag(session.commitWith(new CommitOptions(null, null, "token"))));
    assertEquals(ErrorTag.OPERATION_FAILED, tag(session.cancelCommit(null)));
  }

  @Test
  void cancel_pending_goesBack() throws Exception {
    commitConfirmed("b", 600, null);
    get(session.cancelCommit(null));
    assertNull(contact());
  }

  @Test
  void reopen_pendingOfASession_goesBackAtOnce() throws Exception {
    commit("a");
    commitConfirmed("b", 600, null);
    crash();
    assertEquals("b", contact());
    engine.resumeConfirmation();
    awaitContact("a");
  }

  @Test
  void reopen_pendingWithToken_waitsForIt() throws Exception {
    commit("a");
    commitConfirmed("b", 600, "token");
    crash();
    engine.resumeConfirmation();
    assertEquals(ErrorTag.IN_USE, tag(session.commit(null)));
    get(session.commitWith(new CommitOptions(null, null, "token")));
    crash();
    engine.resumeConfirmation();
    assertEquals("b", contact());
    get(session.commit(null));
  }

  /// Opens what a process would leave that is killed: a copy of its files.
  private void crash() throws Exception {
    Path copy = java.nio.file.Files.createTempDirectory(directory, "copy");
    try (var files = java.nio.file.Files.list(directory)) {
      for (Path file : files.filter(java.nio.file.Files::isRegularFile).toList()) {
        java.nio.file.Files.copy(file, copy.resolve(file.getFileName()));
      }
    }
    engine.close();
    directory = copy;
    open();
  }
}
