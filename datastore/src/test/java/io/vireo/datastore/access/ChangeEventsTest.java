package io.vireo.datastore.access;

import static io.vireo.datastore.access.StaffRules.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.vireo.datastore.TestTrees;
import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.ManagementEvent;
import io.vireo.datastore.api.TreeChange;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.api.schema.UserMapNode;

/// What of changes a user is told (RFC 8341 §3.4.6), of lists that change as a whole.
class ChangeEventsTest {
  private static final long WAIT_S = 10;
  private static final Caller BOB = new Caller("bob", Caller.Door.NETCONF, "test");

  @TempDir Path directory;

  private static String badge(String name) {
    return "<badge xmlns='urn:acme:site' yang:insert='first'><name>" + name + "</name></badge>";
  }

  private static List<String> names(@Nullable NormalizedNode list) {
    return assertInstanceOf(UserMapNode.class, list).body().stream()
        .map(entry -> String.valueOf(entry.name().values().iterator().next()))
        .toList();
  }

  @Test
  void commit_hiddenEntryOfAListInAnotherOrder_isNotTold() throws Exception {
    try (SiteDevice device = new SiteDevice(directory)) {
      device.commit(badge("a"), StaffRules.of("", rule("/s:badge[s:name='secret']", "*", "deny")));
      BlockingQueue<ManagementEvent> events = new LinkedBlockingQueue<>();
      device.device.as("bob").subscribe(events::add);

      device.commit(badge("secret"));
      device.commit(badge("b"));

      assertEquals(List.of(), next(events).changes(), "nothing is left of it");
      TreeChange told = next(events).changes().getFirst();
      assertEquals(List.of("a"), names(told.before()));
      assertEquals(List.of("b", "a"), names(told.after()));
    }
  }

  private static ManagementEvent.ConfigChanged next(BlockingQueue<ManagementEvent> events)
      throws InterruptedException {
    return assertInstanceOf(
        ManagementEvent.ConfigChanged.class,
        Objects.requireNonNull(events.poll(WAIT_S, TimeUnit.SECONDS), "no event"));
  }

  // The site's module as that of routers: a list stands right below the mount point.
  @Test
  void change_ofAListAtTheTopOfARouter_isToldWithoutHiddenEntries() throws Exception {
    SchemaNode badges = SiteDevice.SCHEMA.find("urn:acme:site", "badge");
    assertNotNull(badges);
    Trees running =
        new Trees(
            TestTrees.device(
                TestTrees.routersXml("blue")
                    + StaffRules.of(
                        "",
                        rule(
                            "/ietf-logical-network-element:logical-network-elements"
                                + "/logical-network-element/root/acme-site:badge[name='secret']",
                            "*",
                            "deny"))),
            new TreeMap<>());
    AccessControl access =
        new AccessControl(
            TreeSchemas.of(TestTrees.DEVICE_TREE, SiteDevice.SCHEMA), () -> running, Set.of());
    TreeChange change;
    try (SiteDevice device = new SiteDevice(directory)) {
      device.commit(badge("a"), badge("secret"));
      change =
          new TreeChange(
              new TreeId.Router("blue"),
              YangInstanceIdentifier.of(badges.identifier()),
              null,
              device.device.engine.running().device().childByArg(badges.identifier()));
    }

    TreeChange told = Objects.requireNonNull(access.readable(BOB, change));

    assertEquals(List.of("secret", "a"), names(change.after()));
    assertEquals(List.of("a"), names(told.after()));
  }
}
