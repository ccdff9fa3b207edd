package io.vireo.datastore.access;

import static io.vireo.datastore.TestDevice.contact;
import static io.vireo.datastore.TestDevice.description;
import static io.vireo.datastore.TestDevice.edits;
import static io.vireo.datastore.TestDevice.inRouter;
import static io.vireo.datastore.TestDevice.loopback;
import static io.vireo.datastore.TestDevice.refused;
import static io.vireo.datastore.access.StaffRules.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.vireo.datastore.EngineOptions;
import io.vireo.datastore.TestDevice;
import io.vireo.datastore.TestTrees;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;

/// What a refusal tells of that which its user may not read: the same, whatever is there.
class RefusalTest {
  private static final String HASH = "$argon2id$v=19$m=65536,t=3,p=1$c2FsdHNhbHQ$aGFzaGhhc2g";

  @TempDir Path directory;
  private TestDevice device;
  private ManagementSession bob;

  @BeforeEach
  void open() throws Exception {
    device = new TestDevice(directory, EngineOptions.PLAIN);
    bob = device.as("bob");
    device.commit(
        user("ann", "<password>" + HASH + "</password>"),
        loopback("eth1", "one"),
        loopback("eth2", "two"),
        inRouter("blue", loopback("lo", "x")),
        inRouter("red", loopback("lo", "x")));
  }

  @AfterEach
  void close() throws Exception {
    device.close();
  }

  private static String user(String name, String xml) {
    return "<system xmlns='urn:vireo:yang:vireo-system'><authentication><user><name>"
        + name
        + "</name>"
        + xml
        + "</user></authentication></system>";
  }

  private static String group(String name, String operation) {
    return "<nacm xmlns='urn:ietf:params:xml:ns:yang:ietf-netconf-acm'><groups><group"
        + " nc:operation='"
        + operation
        + "'><name>"
        + name
        + "</name></group></groups></nacm>";
  }

  private ManagementError refusal(String document) throws Exception {
    return refused(bob.edit(Datastore.CANDIDATE, edits(document)));
  }

  @Test
  void edit_ofAHiddenEntry_theSameBeItThereOrNot() throws Exception {
    device.commit(StaffRules.of(""));

    for (String operation : List.of("create", "delete", "remove", "merge", "replace")) {
      ManagementError there = refusal(group("staff", operation));
      assertEquals(ErrorTag.ACCESS_DENIED, there.tag(), operation);
      assertEquals(there, refusal(group("nobody", operation)), operation);
    }
  }

  // It may be created, but not be asked for: an error would tell.
  @Test
  void create_ofAHiddenEntryThatIsThere_accessDenied() throws Exception {
    device.commit(
        StaffRules.of(
            "",
            rule("/if:interfaces/if:interface", "create", "permit"),
            rule("/if:interfaces/if:interface[if:name='eth2']", "read", "deny")));
    String create =
        loopback("eth2", "x").replace("<interface>", "<interface nc:operation='create'>");

    ManagementError error = refusal(create);

    assertEquals(ErrorTag.ACCESS_DENIED, error.tag());
    assertFalse(error.message().contains("eth2"), error.message());
  }

  @Test
  void merge_intoAHiddenLeaf_theSameBeTheValueRightOrWrong() throws Exception {
    ManagementError right = refusal(user("ann", "<password>" + HASH + "</password>"));
    ManagementError wrong =
        refusal(user("ann", "<password>" + HASH.replace("aGF", "bGF") + "</password>"));

    assertEquals(ErrorTag.ACCESS_DENIED, right.tag());
    assertEquals(right, wrong);
  }

  @Test
  void edit_inAHiddenRouter_theSameBeItThereOrNot() throws Exception {
    device.commit(
        StaffRules.of(
            "",
            rule(
                "/lne:logical-network-elements/lne:logical-network-element[lne:name='red']",
                "read",
                "deny"),
            rule(
                "/lne:logical-network-elements/lne:logical-network-element[lne:name='none']",
                "read",
                "deny"),
            "<action>permit</action>"));
    YangInstanceIdentifier lo = TestTrees.interfacePath("none");

    ManagementError there =
        refused(bob.edit(Datastore.CANDIDATE, List.of(delete(new TreeId.Router("red"), lo))));
    ManagementError none =
        refused(bob.edit(Datastore.CANDIDATE, List.of(delete(new TreeId.Router("none"), lo))));

    assertEquals(ErrorTag.ACCESS_DENIED, there.tag());
    assertEquals(there, none);
  }

  private static TreeEdit delete(TreeId tree, YangInstanceIdentifier path) {
    return new TreeEdit(tree, new EditOperation.Delete(path));
  }

  @Test
  void delete_ofWhatHidesEntries_doesNotNameThem() throws Exception {
    device.commit(
        StaffRules.of(
            "",
            rule("/if:interfaces/if:interface[if:name='eth2']", "*", "deny"),
            rule("/if:interfaces", "*", "permit")));

    ManagementError error =
        refused(
            bob.edit(
                Datastore.CANDIDATE,
                List.of(delete(TreeId.DEVICE, YangInstanceIdentifier.of(TestTrees.INTERFACES)))));

    assertEquals("you may not change something below /interfaces/interface", error.message());
    assertFalse(String.valueOf(error.path()).contains("eth2"), String.valueOf(error.path()));
  }

  @Test
  void commit_ofWhatAnotherPutWhereItIsHidden_doesNotNameIt() throws Exception {
    device.commit(
        StaffRules.of(
            "",
            rule("/if:interfaces/if:interface[if:name='eth2']", "*", "deny"),
            rule("/sys:system/sys:contact", "*", "permit")));
    device.system.edit(Datastore.CANDIDATE, edits(description("eth2", "secret"))).get();

    ManagementError error = refused(bob.commit(null));

    assertEquals(ErrorTag.ACCESS_DENIED, error.tag());
    assertFalse(error.message().contains("eth2"), error.message());
  }

  @Test
  void privateCandidate_conflictWhereItIsHidden_doesNotNameIt() throws Exception {
    device.commit(
        StaffRules.of(
            "",
            rule("/if:interfaces/if:interface[if:name='eth2']", "read", "deny"),
            "<action>permit</action>"));
    bob.usePrivateCandidate().get();
    bob.edit(
            Datastore.CANDIDATE,
            List.of(delete(TreeId.DEVICE, YangInstanceIdentifier.of(TestTrees.INTERFACES))))
        .get();
    device.commit(description("eth2", "new"));

    ManagementError error = refused(bob.commit(null));

    assertEquals(ErrorTag.OPERATION_FAILED, error.tag());
    assertFalse(error.message().contains("eth2"), error.message());
    assertFalse(String.valueOf(error.path()).contains("eth2"), String.valueOf(error.path()));
  }

  // What is there to see is named.
  @Test
  void edit_ofWhatMayBeRead_named() throws Exception {
    assertEquals("you may not create /system/contact", refusal(contact("bob")).message());
    assertEquals(
        ErrorTag.DATA_MISSING,
        refused(
                bob.edit(
                    Datastore.CANDIDATE,
                    List.of(delete(TreeId.DEVICE, TestTrees.interfacePath("none")))))
            .tag());
  }
}
