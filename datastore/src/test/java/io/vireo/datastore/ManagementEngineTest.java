package io.vireo.datastore;

import static io.vireo.datastore.TestTrees.ETHERNET;
import static io.vireo.datastore.TestTrees.interfacePath;
import static io.vireo.datastore.TestTrees.interfaceXml;
import static io.vireo.datastore.TestTrees.routersXml;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.CommitResult;
import io.vireo.datastore.api.CommitWarning;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.RouterBinding;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.StateSource;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.store.StoredConfig;
import io.vireo.datastore.tree.RouterEntries;
import io.vireo.datastore.tree.TreeSchema;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

class ManagementEngineTest {
  private static final TreeId BLUE = new TreeId.Router("blue");
  private static final Caller ANN = new Caller("ann", Caller.Door.NETCONF, "192.0.2.1:4000");
  private static final YangInstanceIdentifier ROOT = YangInstanceIdentifier.of();

  @TempDir Path directory;
  private final FakeRouters routers = new FakeRouters();
  private ManagementEngine engine;
  private ManagementSession session;
  private final AtomicInteger kills = new AtomicInteger();

  @BeforeEach
  void open() throws Exception {
    engine =
        ManagementEngine.open(
            directory,
            TestTrees.DEVICE_TREE,
            TestTrees.ROUTER_TREE,
            routers,
            EngineOptions.recovery("ann"));
    session = engine.open(ANN, kills::incrementAndGet);
  }

  @AfterEach
  void close() throws Exception {
    engine.close();
  }

  private void reopen() throws Exception {
    engine.close();
    open();
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  private static ManagementError refusal(CompletableFuture<?> future) {
    ExecutionException failure = assertThrows(ExecutionException.class, () -> get(future));
    ManagementException refusal =
        assertInstanceOf(ManagementException.class, failure.getCause(), failure.toString());
    return refusal.errors().getFirst();
  }

  private static TreeEdit device(String xml) {
    return new TreeEdit(TreeId.DEVICE, new EditOperation.Merge(ROOT, TestTrees.device(xml)));
  }

  private static TreeEdit router(TreeId router, String xml) {
    return new TreeEdit(router, new EditOperation.Merge(ROOT, TestTrees.router(xml)));
  }

  private static TreeEdit delete(TreeId tree, YangInstanceIdentifier path) {
    return new TreeEdit(tree, new EditOperation.Delete(path));
  }

  private CompletableFuture<Void> edit(TreeEdit... edits) {
    return session.edit(Datastore.CANDIDATE, List.of(edits));
  }

  private void commitBlue() throws Exception {
    get(edit(device(routersXml("blue")), router(BLUE, interfaceXml("eth0", ETHERNET))));
    get(session.commit("blue"));
  }

  private static ContainerNode blue(Trees trees) {
    return Objects.requireNonNull(trees.routers().get("blue"));
  }

  private Trees read(Datastore datastore) throws Exception {
    List<Trees> pages = new ArrayList<>();
    get(session.read(datastore, Selection.ALL, pages::add));
    return merged(pages);
  }

  private static Trees merged(List<Trees> pages) {
    Map<String, ContainerNode> all = new TreeMap<>();
    pages.forEach(page -> all.putAll(page.routers()));
    return new Trees(pages.getFirst().device(), all);
  }

  @Test
  void commit_deviceAndRouter_preparesAppliesAndIsThereAfterReopen() throws Exception {
    commitBlue();
    assertEquals(List.of("prepare 1 [device, virtual router blue]", "apply 1"), routers.events);
    Trees running = engine.running();
    reopen();
    assertEquals(running, engine.running());
    assertEquals(1, engine.transaction());
    assertTrue(TestTrees.find(blue(engine.running()), interfacePath("eth0")).isPresent());
  }

  @Test
  void commit_done_isReadWithoutSchema() throws Exception {
    commitBlue();
    engine.close();
    StoredConfig stored = StoredConfig.read(directory).orElseThrow();
    assertEquals(1, stored.transaction());
    assertEquals(Set.of("blue"), stored.routers().keySet());
    open();
  }

  @Test
  void commit_unchanged_asksNobody() throws Exception {
    commitBlue();
    routers.events.clear();
    get(edit(router(BLUE, interfaceXml("eth0", ETHERNET))));
    assertEquals(new CommitResult(1, false, List.of()), get(session.commit(null)));
    assertEquals(List.of(), routers.events);
  }

  @Test
  void commit_oneRouter_leavesTheOthersAlone() throws Exception {
    get(edit(device(routersXml("blue", "red"))));
    get(session.commit(null));
    routers.events.clear();
    get(edit(router(new TreeId.Router("red"), interfaceXml("eth1", ETHERNET))));
    get(session.commit(null));
    assertEquals(List.of("prepare 2 [virtual router red]", "apply 2"), routers.events);
  }

  @Test
  void commit_refusedByRouter_changesNothing() throws Exception {
    commitBlue();
    Trees before = engine.running();
    routers.onPrepare =
        (transaction, prepared) ->
            CompletableFuture.failedFuture(
                new ManagementException(
                    ManagementError.at(
                        BLUE, interfacePath("eth9"), ErrorTag.RESOURCE_DENIED, "blue is full")));
    get(edit(router(BLUE, interfaceXml("eth9", ETHERNET))));
    ManagementError error = refusal(session.commit(null));
    assertEquals("blue is full", error.message());
    assertEquals(BLUE, error.tree());
    assertEquals(before, engine.running());
    // The candidate still has the change.
    assertTrue(TestTrees.find(blue(read(Datastore.CANDIDATE)), interfacePath("eth9")).isPresent());
    reopen();
    assertEquals(before, engine.running());
  }

  @Test
  void commit_bindingThrows_isRefused() throws Exception {
    routers.onPrepare =
        (transaction, prepared) -> {
          throw new IllegalStateException("bug");
        };
    get(edit(device(routersXml("blue"))));
    assertEquals(ErrorTag.OPERATION_FAILED, refusal(session.commit(null)).tag());
    assertEquals(0, engine.transaction());
  }

  @Test
  void commit_warnings_reachTheCaller() throws Exception {
    routers.warnings = List.of(CommitWarning.of("blue", "eth0 is absent"));
    get(edit(device(routersXml("blue"))));
    assertEquals(List.of("eth0 is absent"), get(session.commit(null)).warnings());
  }

  @Test
  void edit_routerWithoutEntry_isDataMissing() {
    ManagementError error = refusal(edit(router(BLUE, interfaceXml("eth0", ETHERNET))));
    assertEquals(ErrorTag.DATA_MISSING, error.tag());
    assertTrue(error.message().contains("'blue'"), error.message());
  }

  @Test
  void edit_secondFails_leavesTheFirstOut() throws Exception {
    refusal(edit(device(routersXml("blue")), delete(TreeId.DEVICE, interfacePath("x"))));
    assertEquals(engine.running(), read(Datastore.CANDIDATE));
  }

  @Test
  void edit_entryDeleted_dropsTheRouter() throws Exception {
    commitBlue();
    get(edit(delete(TreeId.DEVICE, RouterEntries.path("blue"))));
    assertFalse(read(Datastore.CANDIDATE).routers().containsKey("blue"));
    get(session.commit(null));
    reopen();
    assertEquals(Set.of(), engine.running().routers().keySet());
  }

  @Test
  void edit_entryDeletedAndMadeAnew_beginsEmpty() throws Exception {
    commitBlue();
    get(edit(delete(TreeId.DEVICE, RouterEntries.path("blue")), device(routersXml("blue"))));
    assertEquals(TreeSchema.EMPTY, blue(read(Datastore.CANDIDATE)));
    assertTrue(get(session.commit(null)).changed());
    reopen();
    assertEquals(TreeSchema.EMPTY, blue(engine.running()));
  }

  @Test
  void edit_running_isInForceAtOnceAndLeavesTheCandidate() throws Exception {
    commitBlue();
    get(edit(router(BLUE, interfaceXml("eth1", ETHERNET))));
    routers.events.clear();
    get(session.edit(Datastore.RUNNING, List.of(router(BLUE, interfaceXml("eth2", ETHERNET)))));
    assertEquals(List.of("prepare 2 [virtual router blue]", "apply 2"), routers.events);
    assertTrue(TestTrees.find(blue(engine.running()), interfacePath("eth2")).isPresent());
    ContainerNode candidate = blue(read(Datastore.CANDIDATE));
    assertTrue(TestTrees.find(candidate, interfacePath("eth1")).isPresent());
    assertTrue(TestTrees.find(candidate, interfacePath("eth2")).isEmpty());
    // What the candidate lacks, its commit takes away again: it knows where running changed.
    get(session.commit(null));
    assertTrue(TestTrees.find(blue(engine.running()), interfacePath("eth1")).isPresent());
    assertTrue(TestTrees.find(blue(engine.running()), interfacePath("eth2")).isEmpty());
  }

  @Test
  void edit_runningWronglyOrOperational_changesNothing() throws Exception {
    commitBlue();
    Trees before = engine.running();
    assertEquals(
        ErrorTag.DATA_MISSING,
        refusal(session.edit(Datastore.RUNNING, List.of(router(BLUE, interfaceXml("x", "")))))
            .tag());
    assertEquals(
        ErrorTag.OPERATION_NOT_SUPPORTED,
        refusal(
                session.edit(
                    Datastore.OPERATIONAL, List.of(router(BLUE, interfaceXml("x", ETHERNET)))))
            .tag());
    ManagementSession other = engine.open(ANN, () -> {});
    get(other.lock(Datastore.RUNNING));
    assertEquals(
        ErrorTag.IN_USE,
        refusal(session.edit(Datastore.RUNNING, List.of(router(BLUE, interfaceXml("x", ETHERNET)))))
            .tag());
    assertEquals(before, engine.running());
  }

  @Test
  void replace_wholeTrees_takesTheirPlace() throws Exception {
    commitBlue();
    Trees given =
        new Trees(
            TestTrees.device(routersXml("red")),
            Map.of("red", TestTrees.router(interfaceXml("eth7", ETHERNET))));
    get(session.replace(Datastore.CANDIDATE, given));
    get(session.commit(null));
    reopen();
    assertEquals(given, engine.running());
  }

  @Test
  void discard_edited_equalsRunning() throws Exception {
    get(edit(device(routersXml("blue"))));
    get(session.discard());
    assertEquals(engine.running(), read(Datastore.CANDIDATE));
  }

  @Test
  void validate_mandatoryMissing_namesIt() throws Exception {
    get(edit(device(routersXml("blue")), router(BLUE, interfaceXml("eth0", ""))));
    ManagementError error = refusal(session.validate(Datastore.CANDIDATE));
    assertEquals("/interfaces/interface[name='eth0'] needs 'type'", error.message());
    assertEquals(BLUE, error.tree());
    assertEquals(error, refusal(session.commit(null)));
    assertEquals(List.of(), routers.events);
  }

  @Test
  void lock_heldByAnother_deniesEditAndCommit() throws Exception {
    ManagementSession other = engine.open(ANN, () -> {});
    get(other.lock(Datastore.CANDIDATE));
    assertEquals(ErrorTag.IN_USE, refusal(edit(device(routersXml("blue")))).tag());
    assertEquals(ErrorTag.IN_USE, refusal(session.commit(null)).tag());
    ManagementError denied = refusal(session.lock(Datastore.CANDIDATE));
    assertEquals(ErrorTag.LOCK_DENIED, denied.tag());
    assertEquals(Integer.toString(other.id()), denied.info().get("session-id"));
    assertEquals(other.id(), engine.locks().getFirst().session());
    get(other.unlock(Datastore.CANDIDATE));
    get(edit(device(routersXml("blue"))));
  }

  @Test
  void lock_modifiedCandidate_isDenied() throws Exception {
    get(edit(device(routersXml("blue"))));
    assertEquals(ErrorTag.LOCK_DENIED, refusal(session.lock(Datastore.CANDIDATE)).tag());
    get(session.discard());
    get(session.lock(Datastore.CANDIDATE));
  }

  @Test
  void unlock_notHeld_fails() {
    assertEquals(ErrorTag.OPERATION_FAILED, refusal(session.unlock(Datastore.RUNNING)).tag());
  }

  @Test
  void close_holderOfTheLock_releasesAndDiscards() throws Exception {
    ManagementSession other = engine.open(ANN, () -> {});
    get(other.lock(Datastore.CANDIDATE));
    get(other.edit(Datastore.CANDIDATE, List.of(device(routersXml("blue")))));
    other.close();
    // The closing session's queue ends by itself: this lock is granted as soon as it has.
    while (!engine.locks().isEmpty()) {
      Thread.onSpinWait();
    }
    get(session.lock(Datastore.CANDIDATE));
    assertEquals(engine.running(), read(Datastore.CANDIDATE));
    assertEquals(1, engine.sessions().size());
  }

  @Test
  void kill_other_endsItAndItsLocks() throws Exception {
    ManagementSession other = engine.open(ANN, () -> {});
    get(other.lock(Datastore.RUNNING));
    get(other.kill(session.id()));
    assertEquals(1, kills.get());
    refusal(session.discard());
    assertEquals(ErrorTag.INVALID_VALUE, refusal(other.kill(other.id())).tag());
    assertEquals(ErrorTag.INVALID_VALUE, refusal(other.kill(77)).tag());
  }

  @Test
  void kill_whileItsLockWaits_leavesNoLock() throws Exception {
    commitBlue();
    QName ping = QName.create("urn:vireo:yang:vireo-tools", "2026-11-23", "ping");
    ContainerNode input =
        ImmutableNodes.newContainerBuilder()
            .withNodeIdentifier(NodeIdentifier.create(QName.create(ping, "input")))
            .withChild(ImmutableNodes.leafNode(QName.create(ping, "destination"), "192.0.2.1"))
            .build();
    var invocation = session.invoke(BLUE, ping, input, output -> {});
    get(session.discard()); // the queue has come past it
    CompletableFuture<RouterBinding.Prepared> answer = new CompletableFuture<>();
    CompletableFuture<RouterBinding.Prepared> asked = new CompletableFuture<>();
    routers.onPrepare =
        (transaction, prepared) -> {
          asked.complete(prepared);
          return answer;
        };
    ManagementSession committing = engine.open(ANN, () -> {});
    get(edit(device(routersXml("blue", "red"))));
    CompletableFuture<CommitResult> commit = committing.commit("holds up the others");
    RouterBinding.Prepared prepared = get(asked);
    CompletableFuture<Void> lock = session.lock(Datastore.RUNNING);
    CompletableFuture<Void> kill = engine.open(ANN, () -> {}).kill(session.id());
    get(invocation.done()); // cancelled: the session counts as ended
    answer.complete(prepared);
    get(commit);
    get(kill);
    refusal(lock);
    get(committing.lock(Datastore.RUNNING));
  }

  @Test
  void read_operational_laysStateOverConfiguration() throws Exception {
    commitBlue();
    routers.routerState =
        (router, pages) -> {
          pages.accept(
              TestTrees.router(interfaceXml("eth0", "<if:oper-status>up</if:oper-status>")));
          pages.accept(
              TestTrees.router(interfaceXml("lo", "<if:oper-status>down</if:oper-status>")));
          return CompletableFuture.completedFuture(null);
        };
    ContainerNode blue = blue(read(Datastore.OPERATIONAL));
    QName status = QName.create(TestTrees.INTERFACES, "oper-status");
    QName type = QName.create(TestTrees.INTERFACES, "type");
    assertTrue(TestTrees.find(blue, interfacePath("eth0").node(status)).isPresent());
    assertTrue(TestTrees.find(blue, interfacePath("eth0").node(type)).isPresent());
    assertTrue(TestTrees.find(blue, interfacePath("lo").node(status)).isPresent());
  }

  @Test
  void read_routerFails_isAWarning() throws Exception {
    commitBlue();
    routers.routerState =
        (router, pages) -> CompletableFuture.failedFuture(new IllegalStateException("gone"));
    List<Trees> pages = new ArrayList<>();
    List<String> warnings = get(session.read(Datastore.OPERATIONAL, Selection.ALL, pages::add));
    assertEquals(List.of("the state of virtual router blue is incomplete"), warnings);
    assertTrue(TestTrees.find(blue(merged(pages)), interfacePath("eth0")).isPresent());
  }

  @Test
  void read_library_listsModulesOfDeviceAndRouter() throws Exception {
    commitBlue();
    QName library =
        QName.create("urn:ietf:params:xml:ns:yang:ietf-yang-library", "2019-01-04", "yang-library");
    Trees state = read(Datastore.OPERATIONAL);
    assertTrue(state.device().childByArg(NodeIdentifier.create(library)) != null);
    assertTrue(blue(state).childByArg(NodeIdentifier.create(library)) != null);
  }

  @Test
  void read_selection_asksOnlyForIt() throws Exception {
    commitBlue();
    List<Trees> pages = new ArrayList<>();
    get(
        session.read(
            Datastore.OPERATIONAL,
            Selection.ofRouter("blue", Set.of(TestTrees.INTERFACES)),
            pages::add));
    assertTrue(pages.getFirst().device().isEmpty());
    assertEquals(1, blue(merged(pages)).size());
  }

  @Test
  void read_registeredSource_isShown() throws Exception {
    ContainerNode state =
        TestTrees.device(interfaceXml("eth0", "<if:oper-status>up</if:oper-status>"));
    engine.register(
        new StateSource() {
          @Override
          public Set<QName> nodes() {
            return Set.of(TestTrees.INTERFACES);
          }

          @Override
          public ContainerNode read() {
            return state;
          }
        });
    assertTrue(
        TestTrees.find(read(Datastore.OPERATIONAL).device(), interfacePath("eth0")).isPresent());
  }

  @Test
  void invoke_ping_reachesTheRouterAndIsCancelled() throws Exception {
    commitBlue();
    QName ping = QName.create("urn:vireo:yang:vireo-tools", "2026-11-23", "ping");
    QName inputName = QName.create(ping, "input");
    var input =
        ImmutableNodes.newContainerBuilder().withNodeIdentifier(NodeIdentifier.create(inputName));
    ManagementError missing =
        refusal(session.invoke(BLUE, ping, input.build(), output -> {}).done());
    assertEquals(ErrorTag.MISSING_ELEMENT, missing.tag());
    QName destination = QName.create(ping, "destination");
    ContainerNode good = input.withChild(ImmutableNodes.leafNode(destination, "192.0.2.1")).build();
    var invocation = session.invoke(BLUE, ping, good, output -> {});
    get(session.discard()); // the queue has come past it
    invocation.cancel();
    get(invocation.done());
    assertTrue(routers.events.containsAll(List.of("invoke virtual router blue ping", "cancel")));
    ManagementError unknown =
        refusal(session.invoke(TreeId.DEVICE, ping, good, output -> {}).done());
    assertEquals(ErrorTag.OPERATION_NOT_SUPPORTED, unknown.tag());
  }

  @Test
  void users_committed_areFound() throws Exception {
    assertFalse(engine.hasUsers());
    get(
        edit(
            device(
                "<vsys:system><vsys:authentication><vsys:user><vsys:name>ann</vsys:name>"
                    + "<vsys:password>$argon2id$v=19$m=65536,t=3,p=1$c2FsdHNhbHQ$aGFzaGhhc2g</vsys:password>"
                    + "<vsys:authorized-key><vsys:name>k</vsys:name>"
                    + "<vsys:algorithm>ssh-ed25519</vsys:algorithm>"
                    + "<vsys:key-data>AAAA</vsys:key-data></vsys:authorized-key>"
                    + "</vsys:user></vsys:authentication></vsys:system>")));
    get(session.commit(null));
    assertTrue(engine.hasUsers());
    var ann = engine.find("ann").orElseThrow();
    assertEquals("ssh-ed25519", ann.authorizedKeys().getFirst().algorithm());
    assertEquals(3, ann.authorizedKeys().getFirst().blob().length);
    assertTrue(engine.find("bob").isEmpty());
  }
}
