package io.vireo.datastore;

import static io.vireo.datastore.TestDevice.contact;
import static io.vireo.datastore.TestDevice.edits;
import static io.vireo.datastore.TestDevice.hostname;
import static io.vireo.datastore.TestDevice.inRouter;
import static io.vireo.datastore.TestDevice.loopback;
import static io.vireo.datastore.TestDevice.refusals;
import static io.vireo.datastore.TestDevice.refused;
import static io.vireo.datastore.TestDevice.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.api.CommitInfo;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.EditOptions;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.Version;
import io.vireo.datastore.store.KeptBoot;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// The datastores besides running (RFC 8342, RFC 6241 §8.7, RFC 8808), the options of an edit (RFC
/// 6241 §7.2) and candidates of one session alone.
class DatastoresTest {
  @TempDir Path directory;

  private TestDevice open(EngineOptions options) throws Exception {
    return new TestDevice(directory, options);
  }

  // ---- candidate

  @Test
  void candidate_nothingChangedInIt_isAsRunningIs() throws Exception {
    try (TestDevice device = open(EngineOptions.PLAIN)) {
      device.commit(contact("first"));
      device.system.edit(Datastore.RUNNING, edits(inRouter("blue", loopback("lo", "b")))).get();
      assertTrue(shown(device.system, Datastore.CANDIDATE).contains("blue"));

      // A commit of something else takes nothing back.
      device.commit(contact("second"));
      String running = shown(device.system, Datastore.RUNNING);
      assertTrue(running.contains("blue") && running.contains("second"), running);

      // Changes that were taken back by hand are none.
      device.system.edit(Datastore.CANDIDATE, edits(contact("third"))).get();
      device.system.edit(Datastore.CANDIDATE, edits(contact("second"))).get();
      device.system.edit(Datastore.RUNNING, edits(inRouter("red", loopback("lo", "r")))).get();
      assertTrue(shown(device.system, Datastore.CANDIDATE).contains("red"));
    }
  }

  // ---- startup

  @Test
  void startup_notAskedFor_refusedWithTheReason() throws Exception {
    try (TestDevice device = open(EngineOptions.PLAIN)) {
      var error = refused(device.system.replace(Datastore.STARTUP, device.engine.running()));

      assertEquals(ErrorTag.OPERATION_NOT_SUPPORTED, error.tag());
      assertTrue(error.message().contains("--startup on"), error.message());
    }
  }

  @Test
  void startup_copiedAndBootedFrom_runningIsWhatItWas() throws Exception {
    try (TestDevice device = open(EngineOptions.PLAIN.withStartup())) {
      device.commit(contact("kept"), inRouter("blue", loopback("lo", "kept")));
      device.system.replace(Datastore.STARTUP, device.engine.running()).get();
      device.commit(contact("lost"), inRouter("red", loopback("lo", "lost")));
    }

    // A manager that died begins with running.
    try (TestDevice device = open(EngineOptions.PLAIN.withStartup())) {
      assertTrue(shown(device.system, Datastore.RUNNING).contains("lost"));
    }
    assertTrue(KeptBoot.make(directory, "startup", Instant.EPOCH));
    assertFalse(KeptBoot.make(directory, "startup", Instant.EPOCH), "it is that already");

    try (TestDevice device = open(EngineOptions.PLAIN.withStartup())) {
      String running = shown(device.system, Datastore.RUNNING);
      assertTrue(running.contains("<contact>kept</contact>"), running);
      assertFalse(running.contains("lost") || running.contains("red"), running);
      List<CommitInfo> history = device.system.history(10).get();
      assertEquals("boot from startup", history.getFirst().comment());
      // And back to before the boot.
      device.system.load(history.getFirst().transaction() - 1).get();
      device.system.commit(null).get();
      assertTrue(shown(device.system, Datastore.RUNNING).contains("lost"));
    }
  }

  // RFC 7950 §8.3.3: startup is always valid.
  @Test
  void startup_invalidConfiguration_refused() throws Exception {
    try (TestDevice device = open(EngineOptions.PLAIN.withStartup())) {
      device
          .system
          .edit(
              Datastore.CANDIDATE,
              edits(
                  "<interfaces xmlns=\"urn:ietf:params:xml:ns:yang:ietf-interfaces\"><interface>"
                      + "<name>no-type</name></interface></interfaces>"))
          .get();
      List<io.vireo.datastore.api.Trees> pages = new ArrayList<>();
      device
          .system
          .read(Datastore.CANDIDATE, io.vireo.datastore.api.Selection.ALL, pages::add)
          .get();

      var error = refused(device.system.replace(Datastore.STARTUP, pages.getFirst()));

      assertEquals(ErrorTag.DATA_MISSING, error.tag());
      assertFalse(shown(device.system, Datastore.STARTUP).contains("no-type"));
    }
  }

  @Test
  void startup_deleted_isEmpty() throws Exception {
    try (TestDevice device = open(EngineOptions.PLAIN.withStartup())) {
      device.commit(contact("x"));
      device.system.replace(Datastore.STARTUP, device.engine.running()).get();
      device.system.delete(Datastore.STARTUP).get();

      assertEquals("<data/>", shown(device.system, Datastore.STARTUP));
      assertEquals(
          ErrorTag.OPERATION_NOT_SUPPORTED, refused(device.system.delete(Datastore.RUNNING)).tag());
    }
  }

  @Test
  void startup_lockedByAnother_inUse() throws Exception {
    try (TestDevice device = open(EngineOptions.recovery("ann").withStartup())) {
      ManagementSession ann = device.as("ann");
      ann.lock(Datastore.STARTUP).get();

      assertEquals(
          ErrorTag.IN_USE,
          refused(device.system.replace(Datastore.STARTUP, device.engine.running())).tag());
      ann.close();
    }
  }

  // ---- intended, factory-default

  @Test
  void intended_isRunningAndReadOnly() throws Exception {
    try (TestDevice device = open(EngineOptions.PLAIN)) {
      device.commit(contact("x"));

      assertEquals(
          shown(device.system, Datastore.RUNNING), shown(device.system, Datastore.INTENDED));
      assertEquals(
          ErrorTag.OPERATION_NOT_SUPPORTED,
          refused(device.system.edit(Datastore.INTENDED, edits(contact("y")))).tag());
    }
  }

  @Test
  void factoryReset_afterCommits_everythingIsAsItBegan() throws Exception {
    try (TestDevice device = open(EngineOptions.PLAIN.withStartup())) {
      device.commit(contact("factory"), inRouter("blue", loopback("lo", "factory")));
      device.engine.keepFactoryDefault();
      device.commit(contact("secret"), inRouter("red", loopback("lo", "secret")));
      device.engine.keepFactoryDefault(); // only the first counts
      device.system.edit(Datastore.CANDIDATE, edits(hostname("secret"))).get();

      QName reset =
          QName.create("urn:vireo:yang:vireo-factory-default", "2026-11-26", "factory-reset");
      device
          .system
          .invoke(
              TreeId.DEVICE,
              reset,
              ImmutableNodes.newContainerBuilder()
                  .withNodeIdentifier(
                      org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier
                          .create(QName.create(reset, "input")))
                  .build(),
              output -> {})
          .done()
          .get();

      for (Datastore each :
          List.of(
              Datastore.RUNNING,
              Datastore.CANDIDATE,
              Datastore.STARTUP,
              Datastore.FACTORY_DEFAULT)) {
        String shown = shown(device.system, each);
        assertTrue(shown.contains("<contact>factory</contact>"), each + ": " + shown);
        assertFalse(shown.contains("secret") || shown.contains("red"), each + ": " + shown);
      }
      assertEquals(1, device.system.history(10).get().size(), "nothing of before is left");
    }
    // RFC 8808 §2, §6: not on the disk either.
    for (String file : List.of("vireo.db", "vireo.db-wal")) {
      Path path = directory.resolve(file);
      if (java.nio.file.Files.exists(path)) {
        String bytes =
            new String(
                java.nio.file.Files.readAllBytes(path),
                java.nio.charset.StandardCharsets.ISO_8859_1);
        assertFalse(bytes.contains("secret"), file);
      }
    }
    try (TestDevice device = open(EngineOptions.PLAIN.withStartup())) {
      assertTrue(shown(device.system, Datastore.RUNNING).contains("factory"));
    }
  }

  // ---- options of an edit

  private static List<TreeEdit> threeEdits() throws Exception {
    return edits(
        contact("first"),
        "<interfaces xmlns=\"urn:ietf:params:xml:ns:yang:ietf-interfaces\">"
            + "<interface nc:operation=\"delete\"><name>none</name></interface></interfaces>",
        inRouter("blue", loopback("lo", "third")));
  }

  @Test
  void errorOption_rollback_nothingIsChanged() throws Exception {
    try (TestDevice device = open(EngineOptions.PLAIN)) {
      var errors = refusals(device.system.edit(Datastore.CANDIDATE, threeEdits()));

      assertEquals(List.of(ErrorTag.DATA_MISSING), errors.stream().map(e -> e.tag()).toList());
      assertEquals("<data/>", shown(device.system, Datastore.CANDIDATE));
    }
  }

  @Test
  void errorOption_stop_whatCameBeforeIsChanged() throws Exception {
    try (TestDevice device = open(EngineOptions.PLAIN)) {
      refused(
          device.system.edit(
              Datastore.CANDIDATE,
              threeEdits(),
              new EditOptions(EditOptions.Test.SET, EditOptions.OnError.STOP)));

      String shown = shown(device.system, Datastore.CANDIDATE);
      assertTrue(shown.contains("first") && !shown.contains("third"), shown);
    }
  }

  @Test
  void errorOption_continue_allOthersAreChangedInAllTrees() throws Exception {
    try (TestDevice device = open(EngineOptions.PLAIN)) {
      var errors =
          refusals(
              device.system.edit(
                  Datastore.RUNNING,
                  threeEdits(),
                  new EditOptions(EditOptions.Test.SET, EditOptions.OnError.CONTINUE)));

      assertEquals(1, errors.size());
      String shown = shown(device.system, Datastore.RUNNING);
      assertTrue(shown.contains("first") && shown.contains("third"), shown);
    }
  }

  @Test
  void testOption_invalidOutcome_nothingIsChangedUnlessSet() throws Exception {
    String noType =
        "<interfaces xmlns=\"urn:ietf:params:xml:ns:yang:ietf-interfaces\"><interface>"
            + "<name>no-type</name></interface></interfaces>";
    try (TestDevice device = open(EngineOptions.PLAIN)) {
      EditOptions tested =
          new EditOptions(EditOptions.Test.TEST_THEN_SET, EditOptions.OnError.ROLLBACK);
      assertEquals(
          ErrorTag.DATA_MISSING,
          refused(device.system.edit(Datastore.CANDIDATE, edits(noType), tested)).tag());
      assertEquals("<data/>", shown(device.system, Datastore.CANDIDATE));

      device.system.edit(Datastore.CANDIDATE, edits(noType)).get();
      assertTrue(shown(device.system, Datastore.CANDIDATE).contains("no-type"));
    }
  }

  @Test
  void testOption_testOnly_nothingIsChanged() throws Exception {
    EditOptions only = new EditOptions(EditOptions.Test.TEST_ONLY, EditOptions.OnError.ROLLBACK);
    try (TestDevice device = open(EngineOptions.PLAIN)) {
      device.system.edit(Datastore.CANDIDATE, edits(contact("x")), only).get();
      device.system.edit(Datastore.RUNNING, edits(contact("x")), only).get();

      assertEquals("<data/>", shown(device.system, Datastore.CANDIDATE));
      assertEquals(0, device.engine.transaction());
    }
  }

  // ---- private candidates

  @Test
  void privateCandidate_twoSessionsElsewhere_bothCommit() throws Exception {
    try (TestDevice device = open(EngineOptions.recovery("ann", "bob"))) {
      ManagementSession ann = device.as("ann");
      ManagementSession bob = device.as("bob");
      ann.usePrivateCandidate().get();
      bob.usePrivateCandidate().get();

      ann.edit(Datastore.CANDIDATE, edits(contact("ann"))).get();
      bob.edit(Datastore.CANDIDATE, edits(hostname("bob"))).get();
      assertFalse(shown(bob, Datastore.CANDIDATE).contains("ann"));
      assertEquals("<data/>", shown(device.system, Datastore.CANDIDATE), "the shared one");
      ann.commit(null).get();
      bob.commit(null).get();

      String running = shown(device.system, Datastore.RUNNING);
      assertTrue(running.contains("<contact>ann") && running.contains("<hostname>bob"), running);
      assertEquals(List.of(), bob.compare(candidate(), running()).get());
      ann.close();
      bob.close();
    }
  }

  private static Version candidate() {
    return new Version.OfDatastore(Datastore.CANDIDATE);
  }

  private static Version running() {
    return new Version.OfDatastore(Datastore.RUNNING);
  }

  @Test
  void privateCandidate_samePlaceChangedByAnother_refusedNamingItUntilItAgrees() throws Exception {
    try (TestDevice device = open(EngineOptions.recovery("ann"))) {
      device.commit(contact("before"));
      ManagementSession ann = device.as("ann");
      ann.usePrivateCandidate().get();
      ann.edit(Datastore.CANDIDATE, edits(contact("ann"), hostname("h"))).get();
      device.commit(contact("other"));

      var error = refused(ann.commit(null));
      var update = refused(ann.update());

      assertEquals(ErrorTag.OPERATION_FAILED, error.tag());
      assertTrue(error.message().contains("/system/contact"), error.message());
      assertEquals(error.message(), update.message());
      assertTrue(shown(device.system, Datastore.RUNNING).contains("other"));

      ann.edit(Datastore.CANDIDATE, edits(contact("other"))).get();
      ann.commit(null).get();
      String shown = shown(device.system, Datastore.RUNNING);
      assertTrue(shown.contains("other") && shown.contains("<hostname>h"), shown);
      ann.close();
    }
  }

  @Test
  void privateCandidate_update_takesUpWhatOthersCommitted() throws Exception {
    try (TestDevice device = open(EngineOptions.recovery("ann"))) {
      device.commit(inRouter("blue", loopback("lo", "x")));
      ManagementSession ann = device.as("ann");
      ann.usePrivateCandidate().get();
      ann.edit(Datastore.CANDIDATE, edits(inRouter("blue", loopback("lo1", "ann")))).get();
      device.commit(inRouter("blue", loopback("lo2", "other")));
      assertFalse(shown(ann, Datastore.CANDIDATE).contains("other"));

      ann.update().get();

      String shown = shown(ann, Datastore.CANDIDATE);
      assertTrue(shown.contains("other") && shown.contains("ann"), shown);
      ann.discard().get();
      assertFalse(shown(ann, Datastore.CANDIDATE).contains("ann"));
      ann.close();
    }
  }

  @Test
  void privateCandidate_sharedCandidateLocked_goesOn() throws Exception {
    try (TestDevice device = open(EngineOptions.recovery("ann", "bob"))) {
      ManagementSession ann = device.as("ann");
      ManagementSession bob = device.as("bob");
      ann.usePrivateCandidate().get();
      bob.lock(Datastore.CANDIDATE).get();

      ann.edit(Datastore.CANDIDATE, edits(contact("ann"))).get();
      ann.commit(null).get();

      assertTrue(shown(device.system, Datastore.RUNNING).contains("ann"));
      ann.close();
      bob.close();
    }
  }
}
