package io.vireo.datastore;

import static io.vireo.datastore.TestDevice.contact;
import static io.vireo.datastore.TestDevice.edits;
import static io.vireo.datastore.TestDevice.refused;
import static io.vireo.datastore.TestDevice.shown;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.api.CommitOptions;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.store.ConfigDatabase;
import io.vireo.datastore.store.KeptBoot;
import io.vireo.datastore.store.StorageException;
import io.vireo.datastore.store.StorageException.Fault;
import io.vireo.schema.SchemaContexts;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.xml.SafeXml;
import io.vireo.schema.xml.XmlTreeReader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;

/// A configuration that was written with other models than those that are here.
class BootTest {
  @TempDir Path directory;

  private SchemaTree site(String revision, String statements) throws Exception {
    Path models = Files.createTempDirectory(directory, "models");
    Files.writeString(
        models.resolve("acme-site.yang"),
        """
        module acme-site { yang-version 1.1; namespace "urn:acme:site"; prefix s;
          revision %s;
          container site { %s }
        }
        """
            .formatted(revision, statements));
    return SchemaTree.of(SchemaContexts.of(List.of(models)).load(SchemaContexts.DEVICE));
  }

  private void commitSite(SchemaTree schema, String leafs) throws Exception {
    commit(schema, "<site xmlns=\"urn:acme:site\">" + leafs + "</site>");
  }

  private void commit(SchemaTree schema, String xml) throws Exception {
    try (TestDevice device = new TestDevice(directory, schema, EngineOptions.PLAIN)) {
      var in =
          SafeXml.reader(
              new ByteArrayInputStream(
                  ("<data>" + xml + "</data>").getBytes(StandardCharsets.UTF_8)));
      in.nextTag();
      device
          .system
          .edit(
              Datastore.CANDIDATE,
              List.of(
                  new TreeEdit(
                      TreeId.DEVICE,
                      new EditOperation.Merge(
                          YangInstanceIdentifier.of(),
                          XmlTreeReader.ofDevice(schema, TestTrees.ROUTER_TREE)
                              .readDocument(in, true)
                              .device()))))
          .get();
      device.system.commit(null).get();
    }
  }

  private StorageException refusedWith(SchemaTree schema) {
    return assertThrows(
        StorageException.class,
        () -> new TestDevice(directory, schema, EngineOptions.PLAIN).close());
  }

  @Test
  void models_revised_andStillValid_takenOver() throws Exception {
    commitSite(site("2026-01-01", "leaf rack { type uint8; }"), "<rack>7</rack>");

    SchemaTree later = site("2026-02-01", "leaf rack { type uint16; } leaf row { type string; }");
    try (TestDevice device = new TestDevice(directory, later, EngineOptions.PLAIN)) {
      assertEquals(1, device.engine.transaction(), "nothing had to be changed");
      assertEquals(List.of(), device.engine.bootWarnings());
    }
  }

  @Test
  void models_revised_andInvalidNow_refusedWithTheReason() throws Exception {
    commitSite(site("2026-01-01", "leaf rack { type uint8; }"), "<rack>7</rack>");

    StorageException refusal =
        refusedWith(
            site(
                "2026-02-01",
                "leaf rack { type uint8; } leaf row { type string; mandatory true; }"));

    assertEquals(Fault.MISFIT, refusal.fault());
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("acme-site 2026-01-01 is now 2026-02-01"),
        refusal.getMessage());
    assertTrue(String.valueOf(refusal.getMessage()).contains("'row'"), refusal.getMessage());
    // The disk is as it was: the older models take it.
    SchemaTree earlier = site("2026-01-01", "leaf rack { type uint8; }");
    new TestDevice(directory, earlier, EngineOptions.PLAIN).close();
  }

  @Test
  void models_valueNoLongerOfItsType_refused() throws Exception {
    commitSite(site("2026-01-01", "leaf rack { type string; }"), "<rack>seven</rack>");

    StorageException refusal = refusedWith(site("2026-02-01", "leaf rack { type uint8; }"));

    assertEquals(Fault.MISFIT, refusal.fault());
  }

  @Test
  void models_gone_refusedNamingThemUnlessToldToDrop() throws Exception {
    commitSite(site("2026-01-01", "leaf rack { type uint8; }"), "<rack>7</rack>");

    StorageException refusal = refusedWith(TestTrees.DEVICE_TREE);
    assertEquals(Fault.MISFIT, refusal.fault());
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("acme-site@2026-01-01"),
        refusal.getMessage());

    try (TestDevice device = new TestDevice(directory, EngineOptions.PLAIN.droppingUnknown())) {
      assertEquals(1, device.engine.bootWarnings().size());
      assertTrue(device.engine.bootWarnings().getFirst().contains("left out"));
    }
  }

  // Or a boot from startup would bring back what the models have left behind.
  @Test
  void kept_startupAndFactoryDefault_followTheModelsToo() throws Exception {
    EngineOptions startup = EngineOptions.PLAIN.withStartup();
    try (TestDevice device = new TestDevice(directory, startup)) {
      device.commit(
          "<system xmlns=\"urn:vireo:yang:vireo-system\"><authentication><user><name>ann</name>"
              + "</user></authentication></system>");
      device.system.replace(Datastore.STARTUP, device.engine.running()).get();
      device.engine.keepFactoryDefault();
    }
    try (ConfigDatabase database = ConfigDatabase.open(directory)) {
      database.keepModels("device/vireo-system@2026-11-23\n");
    }
    new TestDevice(directory, startup).close();
    KeptBoot.make(directory, "startup", Instant.EPOCH);

    try (TestDevice device = new TestDevice(directory, startup)) {
      ManagementSession ann = device.as("ann");
      ann.edit(Datastore.CANDIDATE, edits(contact("ann"))).get();
      ann.commit(null).get();
      assertTrue(shown(device.system, Datastore.FACTORY_DEFAULT).contains("rule-list"));
    }
  }

  @Test
  void startup_runWithout_isForgotten() throws Exception {
    try (TestDevice device = new TestDevice(directory, EngineOptions.PLAIN.withStartup())) {
      device.commit(contact("old"));
      device.system.replace(Datastore.STARTUP, device.engine.running()).get();
    }
    try (TestDevice device = new TestDevice(directory, EngineOptions.PLAIN)) {
      device.commit(contact("new"));
    }

    assertFalse(KeptBoot.make(directory, "startup", Instant.EPOCH));
    try (TestDevice device = new TestDevice(directory, EngineOptions.PLAIN.withStartup())) {
      assertTrue(shown(device.system, Datastore.STARTUP).contains("new"));
    }
  }

  // Before access control all users could do everything.
  @Test
  void database_beforeAccessControl_usersBecomeAdministrators() throws Exception {
    try (TestDevice device = new TestDevice(directory, EngineOptions.PLAIN)) {
      device.commit(
          contact("x"),
          "<system xmlns=\"urn:vireo:yang:vireo-system\"><authentication><user><name>ann</name>"
              + "</user><user><name>bob</name></user></authentication></system>");
      assertEquals(
          ErrorTag.ACCESS_DENIED,
          refused(device.as("ann").edit(Datastore.CANDIDATE, edits(contact("y")))).tag());
    }
    try (ConfigDatabase database = ConfigDatabase.open(directory)) {
      database.keepModels("device/vireo-system@2026-11-23\n");
    }

    for (int start = 0; start < 2; start++) {
      try (TestDevice device = new TestDevice(directory, EngineOptions.PLAIN)) {
        ManagementSession bob = device.as("bob");
        bob.edit(Datastore.CANDIDATE, edits(contact("by bob " + start))).get();
        bob.commit(null).get();
        assertTrue(shown(bob, Datastore.RUNNING).contains("by bob"));
        assertEquals(3 + start, device.engine.transaction());
        assertTrue(
            String.valueOf(bob.history(9).get().get(1 + start).comment())
                .contains("administrators"));
      }
    }
  }

  private static String ruleOfSite(String action) {
    return "<nacm xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-acm'><rule-list><name>x</name>"
        + "<group>*</group><rule><name>of-site</name>"
        + "<path xmlns:s='urn:acme:site'>/s:site/s:rack</path><action>"
        + action
        + "</action></rule></rule-list></nacm>";
  }

  // Validation refused the rule, so that the start it was told to make never came about.
  @Test
  void models_goneWithARuleThatPermits_ruleGoesWithTheData() throws Exception {
    commit(
        site("2026-01-01", "leaf rack { type uint8; }"),
        "<site xmlns='urn:acme:site'><rack>7</rack></site>" + ruleOfSite("permit"));

    try (TestDevice device = new TestDevice(directory, EngineOptions.PLAIN.droppingUnknown())) {
      assertTrue(
          device.engine.bootWarnings().toString().contains("access rule 'of-site' left out"),
          device.engine.bootWarnings().toString());
      assertFalse(shown(device.system, Datastore.RUNNING).contains("of-site"));
    }
  }

  @Test
  void models_goneWithARuleThatDenies_refusedNamingTheRule() throws Exception {
    commit(site("2026-01-01", "leaf rack { type uint8; }"), ruleOfSite("deny"));

    StorageException refusal =
        assertThrows(
            StorageException.class,
            () -> new TestDevice(directory, EngineOptions.PLAIN.droppingUnknown()).close());

    assertEquals(Fault.MISFIT, refusal.fault());
    assertTrue(
        String.valueOf(refusal.getMessage())
            .contains("has the access rule 'of-site', which denies what the models here"),
        refusal.getMessage());
  }

  @Test
  void models_goneWithARuleOnly_refusedTellingWhatToDo() throws Exception {
    commit(site("2026-01-01", "leaf rack { type uint8; }"), ruleOfSite("permit"));

    StorageException refusal = refusedWith(TestTrees.DEVICE_TREE);

    assertTrue(
        String.valueOf(refusal.getMessage()).contains("--unknown-data drop to leave the rule out"),
        refusal.getMessage());
  }

  // The way back led to before the migration: nobody was an administrator.
  @Test
  void database_beforeAccessControlWithAPendingCommit_takenBackAndMigrated() throws Exception {
    try (TestDevice device = new TestDevice(directory, EngineOptions.PLAIN)) {
      device.commit(
          contact("old"),
          "<system xmlns=\"urn:vireo:yang:vireo-system\"><authentication><user><name>ann</name>"
              + "</user></authentication></system>");
      device.system.edit(Datastore.CANDIDATE, edits(contact("new"))).get();
      device
          .system
          .commitWith(new CommitOptions(null, new CommitOptions.Confirmed(600, "token"), null))
          .get();
    }
    try (ConfigDatabase database = ConfigDatabase.open(directory)) {
      database.keepModels("device/vireo-system@2026-11-23\n");
    }

    try (TestDevice device = new TestDevice(directory, EngineOptions.PLAIN)) {
      device.engine.resumeConfirmation();
      ManagementSession ann = device.as("ann");

      String running = shown(ann, Datastore.RUNNING);
      assertTrue(running.contains("<contact>old"), running);
      ann.edit(Datastore.RUNNING, edits(contact("ann"))).get();
      assertTrue(
          device.engine.bootWarnings().getFirst().startsWith("back to commit 1"),
          device.engine.bootWarnings().toString());
    }
    try (ConfigDatabase database = ConfigDatabase.open(directory)) {
      assertTrue(database.pending().isEmpty());
    }
  }
}
