package io.vireo.datastore.access;

import static io.vireo.datastore.TestDevice.refused;
import static io.vireo.datastore.access.SiteDevice.site;
import static io.vireo.datastore.access.StaffRules.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.api.CommitOptions;
import io.vireo.datastore.api.CommitOptions.Confirmed;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.EditOptions;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementSession;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// RFC 8341 where a model has what those of Vireo have not.
class SiteAccessTest {
  private static final String DOOR = "<door><text>oak</text></door>";

  @TempDir Path directory;
  private SiteDevice device;
  private ManagementSession bob;

  @BeforeEach
  void open() throws Exception {
    device = new SiteDevice(directory);
    bob = device.device.as("bob");
  }

  @AfterEach
  void close() throws Exception {
    device.close();
  }

  private String running() throws Exception {
    return device.shown(device.device.system, Datastore.RUNNING);
  }

  // RFC 7950 §8.2: `visitors` goes with `open`.
  @Test
  void nodeThatLosesItsCondition_deletionMustBePermitted() throws Exception {
    device.commit(
        site("<open>true</open><visitors>7</visitors>"),
        StaffRules.of("", rule("/s:site/s:open", "*", "permit")));
    var close = device.edits(site("<open>false</open>"));
    String denied = "you may not delete /site/visitors";

    assertEquals(denied, refused(bob.edit(Datastore.RUNNING, close)).message());
    assertEquals(
        denied,
        refused(
                bob.edit(
                    Datastore.RUNNING,
                    close,
                    new EditOptions(EditOptions.Test.TEST_ONLY, EditOptions.OnError.ROLLBACK)))
            .message());
    bob.edit(Datastore.CANDIDATE, close).get();
    assertEquals(denied, refused(bob.commit(null)).message());

    assertTrue(running().contains("<visitors>7"), running());
  }

  // What decides first is asked for where another is put before it.
  @Test
  void userOrder_entriesThatChangeSides_mustAllBePermitted() throws Exception {
    device.commit(
        site(
            "<guard><name>a</name></guard><guard><name>b</name></guard>"
                + "<guard><name>c</name></guard>"),
        StaffRules.of(
            "",
            rule("/s:site/s:guard[s:name='a']", "*", "deny"),
            rule("/s:site/s:guard", "*", "permit")));

    bob.edit(
            Datastore.RUNNING,
            device.edits(site(guard("c", "yang:insert='before' yang:key=\"[s:name='b']\""))))
        .get();
    String denied =
        refused(bob.edit(Datastore.RUNNING, device.edits(site(guard("c", "yang:insert='first'")))))
            .message();

    assertEquals(List.of("a", "c", "b"), guards());
    assertEquals("you may not change something below /site/guard", denied);
  }

  @Test
  void userOrder_newEntryBeforeOthers_isNoMoveOfThem() throws Exception {
    device.commit(
        site("<guard><name>a</name></guard>"),
        StaffRules.of("", rule("/s:site/s:guard[s:name='b']", "*", "permit")));

    bob.edit(Datastore.RUNNING, device.edits(site(guard("b", "yang:insert='first'")))).get();

    assertEquals(List.of("b", "a"), guards());
  }

  private static String guard(String name, String attributes) {
    return "<guard xmlns:s='urn:acme:site' " + attributes + "><name>" + name + "</name></guard>";
  }

  private List<String> guards() throws Exception {
    return Pattern.compile("<guard><name>(\\w)</name>")
        .matcher(running())
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  // RFC 8341 §4: default-deny-all of a choice, default-deny-write of a case.
  @Test
  void defaultDeny_ofAChoiceOrCase_concernsWhatIsInIt() throws Exception {
    device.commit(
        site("<siren>loud</siren>" + DOOR), StaffRules.of("<write-default>permit</write-default>"));

    String shown = device.shown(bob, Datastore.RUNNING);
    String denied =
        refused(bob.edit(Datastore.RUNNING, device.edits(site(DOOR.replace("oak", "ash")))))
            .message();

    assertFalse(shown.contains("loud"), shown);
    assertTrue(shown.contains("oak"), shown);
    assertEquals("you may not update /site/door/text", denied);
  }

  // Choice `door` has a container of its name in one of its cases.
  @Test
  void choice_namedLikeANodeInIt_isNotThatNode() throws Exception {
    device.commit(
        StaffRules.of("", rule("/s:site/s:door", "*", "deny"), "<action>permit</action>"));

    bob.edit(Datastore.CANDIDATE, device.edits(site("<width>7</width>"))).get();
    assertTrue(device.shown(bob, Datastore.CANDIDATE).contains("<width>7"));

    device.device.system.edit(Datastore.CANDIDATE, device.edits(site(DOOR))).get();
    assertFalse(device.shown(bob, Datastore.CANDIDATE).contains("oak"));
    assertEquals(
        ErrorTag.ACCESS_DENIED,
        refused(bob.edit(Datastore.CANDIDATE, device.edits(site("<width>8</width>")))).tag());
  }

  @Test
  void listWithoutKeys_hiddenLeafs_areLeftOutOfEachEntry() throws Exception {
    device.commit(StaffRules.of("", rule("/s:site/s:log/s:line/s:who", "*", "deny")));
    device.device.routers.deviceState =
        CompletableFuture.completedFuture(
            device.state(
                site(
                    "<log><line><who>ann</who><what>in</what></line>"
                        + "<line><who>joe</who><what>out</what></line></log>")));

    String all = device.shown(device.device.system, Datastore.OPERATIONAL);
    String shown = device.shown(bob, Datastore.OPERATIONAL);

    assertTrue(all.contains("ann") && all.contains("joe"), all);
    assertTrue(shown.contains("<line><what>in</what></line><line><what>out</what></line>"), shown);
  }

  // The way back is the device's promise.
  @Test
  void cancelCommit_whatGoesWithTheConfirmedCommit_isNotAskedFor() throws Exception {
    device.commit(StaffRules.of("", rule("/s:site/s:open", "create", "permit")));
    bob.edit(Datastore.CANDIDATE, device.edits(site("<open>true</open>"))).get();
    bob.commitWith(new CommitOptions(null, new Confirmed(600, null), null)).get();

    bob.cancelCommit(null).get();

    assertTrue(!running().contains("<site"), running());
  }
}
