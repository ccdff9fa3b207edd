package io.vireo.rsock.server.access;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.rsock.server.RsockEvent;
import io.vireo.rsock.server.SocketRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccessControlTest {
  private static final Peer ALICE = new Peer("alice", 1000, Set.of("alice", "staff"), 77);
  private static final Peer BOB = new Peer("bob", 1001, Set.of("bob"), 78);

  private final List<RsockEvent> audit = new ArrayList<>();
  private AccessRules rules = AccessRules.NONE;
  private final AccessControl access = new AccessControl(() -> rules, audit::add);

  @Test
  void noRules_open_isRefusedCountedAndAudited() {
    SocketRefusal refusal = assertThrows(SocketRefusal.class, () -> access.requireOpen(ALICE));

    assertEquals(SocketRefusal.EACCES, refusal.errno());
    assertTrue(refusal.why().contains("alice"), refusal.why());
    assertEquals(1, access.refused());
    assertEquals(List.of(new RsockEvent.Refused(ALICE, null, "open a socket")), audit);
  }

  @Test
  void firstRuleThatNames_decides() throws SocketRefusal {
    rules =
        new AccessRules(
            List.of(
                new AccessRule("not-alice", new AccessRule.Who.User("alice"), false, false),
                new AccessRule("staff", new AccessRule.Who.Group("staff"), true, false)));
    Peer carol = new Peer("carol", 1002, Set.of("staff"), 79);

    assertThrows(SocketRefusal.class, () -> access.requireOpen(ALICE));
    access.requireOpen(carol);

    assertEquals(1, access.matched("not-alice"));
    assertEquals(1, access.matched("staff"));
    assertThrows(SocketRefusal.class, () -> access.requireOpen(BOB));
  }

  @Test
  void lowPort_needsLowPorts() {
    rules =
        new AccessRules(
            List.of(
                new AccessRule("alice", new AccessRule.Who.User("alice"), true, false),
                new AccessRule("bob", new AccessRule.Who.User("bob"), true, true)));

    assertThrows(SocketRefusal.class, () -> access.requireBind(ALICE, 1023));
    assertDoesNotThrow(() -> access.requireBind(ALICE, 1024));
    assertDoesNotThrow(() -> access.requireBind(ALICE, 0));
    assertDoesNotThrow(() -> access.requireBind(BOB, 7));
  }

  @Test
  void changedRules_decideTheNextQuestion() {
    rules =
        new AccessRules(List.of(new AccessRule("b", new AccessRule.Who.User("bob"), true, true)));
    assertDoesNotThrow(() -> access.requireOpen(BOB));

    rules = AccessRules.NONE;

    assertThrows(SocketRefusal.class, () -> access.requireBind(BOB, 2000));
  }

  @Test
  void hostAccounts_root_hasNameAndGroup() throws Exception {
    Peer root = HostAccounts.lookup(1, 0, 0);

    assertEquals("root", root.user());
    assertTrue(root.groups().contains("root"), root.groups().toString());
  }

  @Test
  void hostAccounts_failure_isNotAbsence() {
    for (int absent : new int[] {0, 2, 3}) {
      assertTrue(HostAccounts.isNotFound(absent));
    }
    for (int failed : new int[] {4, 5, 11, 12, 24, 34, 110}) { // EINTR to ETIMEDOUT
      assertFalse(HostAccounts.isNotFound(failed));
    }
  }

  @Test
  void hostAccounts_unknownUser_isItsNumber() throws Exception {
    Peer nobody = HostAccounts.lookup(1, 3_999_999, 3_999_998);

    assertEquals("3999999", nobody.user());
    assertEquals(Set.of("3999998"), nobody.groups());
  }
}
