package io.vireo.manager.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.manager.launch.RunProfile;
import io.vireo.manager.life.Loop;
import io.vireo.manager.life.RouterLife;
import io.vireo.wire.Bytes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FleetTest {
  private static final RouterTree CONFIG = tree(1);

  private final ConcurrentLinkedQueue<String> log = new ConcurrentLinkedQueue<>();
  private final FakeHost host = new FakeHost();
  private final Loop loop = new Loop("test", mistake -> log.add("mistake: " + mistake));
  private final Fleet fleet = new Fleet(loop, host, host, Clock.systemUTC(), log::add);

  @AfterEach
  void end() {
    loop.close();
    assertTrue(log.stream().noneMatch(line -> line.startsWith("mistake")), log.toString());
  }

  private static RouterTree tree(int value) {
    byte[] id = new byte[32];
    id[0] = (byte) value;
    return RouterTree.whole(Bytes.wrap(id), new byte[] {(byte) 0xa1, 1, (byte) value});
  }

  private static DesiredRouter router(String name) {
    return new DesiredRouter(name, true, RunProfile.SMALL, DesiredWorkers.NONE);
  }

  private static DesiredPort port(String name, String router) {
    return new DesiredPort(name, name, router, "vireo-port:af-packet", 1, false, null);
  }

  private static DesiredFleet fleetOf(List<DesiredRouter> routers, DesiredPort... ports) {
    TreeMap<String, DesiredRouter> byName = new TreeMap<>();
    routers.forEach(each -> byName.put(each.name(), each));
    TreeMap<String, DesiredPort> portsByName = new TreeMap<>();
    for (DesiredPort each : ports) {
      portsByName.put(each.name(), each);
    }
    return new DesiredFleet(byName, portsByName);
  }

  private <T> T onLoop(Supplier<T> task) throws Exception {
    return CompletableFuture.supplyAsync(task, loop).get(10, TimeUnit.SECONDS);
  }

  private void want(DesiredFleet desired, long transaction) throws Exception {
    onLoop(() -> fleet.want(desired, Map.of("blue", CONFIG), transaction))
        .get(10, TimeUnit.SECONDS);
  }

  private List<String> asked() {
    List<String> all = new ArrayList<>();
    host.asked.drainTo(all);
    return all;
  }

  private FleetStatus.PortStatus portStatus() throws Exception {
    onLoop(() -> true); // what the task that asked last has posted runs before the next
    return onLoop(fleet::status).ports().getFirst();
  }

  private void awaitAsked(String expected) throws InterruptedException {
    for (String each; (each = host.asked.poll(10, TimeUnit.SECONDS)) != null; ) {
      if (each.equals(expected)) {
        return;
      }
    }
    throw new AssertionError(expected + " was never asked");
  }

  @Test
  void nothing_routerWithPort_isStartedConfiguredAndGivenThePort() throws Exception {
    want(fleetOf(List.of(router("blue")), port("eth1", "blue")), 3);
    List<String> asked = asked();
    assertEquals("start blue small", asked.getFirst());
    assertTrue(
        asked.containsAll(List.of("open eth1", "blue give eth1", "blue prepare 3", "blue apply 3")),
        asked.toString());
    assertEquals(RouterLife.Status.RUNNING, onLoop(fleet::status).routers().getFirst().status());
    assertTrue(portStatus().up());
    assertNull(portStatus().reason());
  }

  @Test
  void running_processDies_isStartedAgainWithConfigAndPorts() throws Exception {
    want(fleetOf(List.of(router("blue")), port("eth1", "blue")), 3);
    long pid = onLoop(fleet::status).routers().getFirst().pid();
    asked();
    loop.post(() -> fleet.onRouterExited("blue", pid, "signal 9"));
    awaitAsked("start blue small");
    awaitAsked("blue give eth1");
    FleetStatus.RouterStatus status = onLoop(fleet::status).routers().getFirst();
    assertEquals(1, status.restarts());
    assertEquals("signal 9", status.lastExit());
  }

  @Test
  void running_portMovesToAnotherRouter_isTakenThenReleasedThenGiven() throws Exception {
    want(fleetOf(List.of(router("blue"), router("red")), port("eth1", "blue")), 3);
    asked();
    want(fleetOf(List.of(router("blue"), router("red")), port("eth1", "red")), 4);
    List<String> asked = asked();
    List<String> order =
        asked.stream()
            .filter(each ->
                List.of("blue take eth1", "release eth1", "open eth1", "red give eth1")
                    .contains(each))
            .toList();
    assertEquals(List.of("blue take eth1", "release eth1", "open eth1", "red give eth1"), order);
  }

  @Test
  void absentDevice_appears_isTaken() throws Exception {
    host.absent.add("eth1");
    want(fleetOf(List.of(router("blue")), port("eth1", "blue")), 3);
    FleetStatus.PortStatus status = portStatus();
    assertEquals("device eth1 does not exist", status.reason());
    assertTrue(!status.present() && !status.up());
    asked();
    onLoop(() -> {
      host.absent.clear();
      fleet.onDeviceChanged("eth1", true, false);
      return true;
    });
    awaitAsked("blue give eth1");
    assertTrue(portStatus().present());
  }

  @Test
  void heldDevice_goesAndComes_isTakenAndGivenAgain() throws Exception {
    want(fleetOf(List.of(router("blue")), port("eth1", "blue")), 3);
    asked();
    loop.post(() -> fleet.onDeviceChanged("eth1", false, false));
    awaitAsked("blue take eth1");
    assertNotNull(portStatus().reason());
    loop.post(() -> fleet.onDeviceChanged("eth1", true, true));
    awaitAsked("blue give eth1");
    loop.post(() -> fleet.onDeviceChanged("eth1", true, false));
    awaitAsked("blue link eth1 false");
    assertTrue(!portStatus().up());
  }

  @Test
  void manager_restarts_findsTheRouterAndTouchesNothing() throws Exception {
    FakeHost.FakeRouter blue = host.new FakeRouter("blue", 55);
    blue.id = CONFIG.id();
    blue.ports.put("eth1", port("eth1", "blue").token());
    host.running.put("blue", blue);
    onLoop(() -> {
      fleet.found(Map.of("blue", 55L, "ghost", 66L), Map.of("eth1", "blue", "eth9", "ghost"));
      return true;
    });
    want(fleetOf(List.of(router("blue")), port("eth1", "blue")), 3);
    List<String> asked = asked();
    assertTrue(
        asked.containsAll(List.of("stop ghost", "release eth9", "blue link eth1 true")),
        asked.toString());
    assertTrue(
        asked.stream()
            .noneMatch(each ->
                each.startsWith("start")
                    || each.contains("prepare")
                    || each.contains("give")
                    || each.contains("take")),
        asked.toString());
    assertEquals(55, onLoop(fleet::status).routers().getFirst().pid());
  }

  /// A port of that name with other settings is another port.
  @Test
  void manager_restarts_aPortThatIsAnotherNow_isTakenAndGivenAnew() throws Exception {
    FakeHost.FakeRouter blue = host.new FakeRouter("blue", 55);
    blue.id = CONFIG.id();
    blue.ports.put("tored", link("tored", "blue", "elsewhere").token());
    host.running.put("blue", blue);
    onLoop(() -> {
      fleet.found(Map.of("blue", 55L), Map.of());
      return true;
    });
    want(fleetOf(List.of(router("blue")), link("tored", "blue", "toblue")), 3);
    List<String> asked = asked();
    assertTrue(asked.contains("blue take tored"), asked::toString);
    assertTrue(
        asked.indexOf("blue give tored") > asked.indexOf("blue take tored"), asked::toString);
  }

  @Test
  void oneHangs_commits_startTheOthersWithTheirConfigurationsAtOnce() throws Exception {
    want(fleetOf(List.of(router("blue"))), 3);
    asked();
    host.hanging.add("blue");
    RouterTree next = tree(2);
    Map<String, CompletableFuture<Void>> settling =
        onLoop(() -> {
          RouterControl blue = Objects.requireNonNull(fleet.linkOf("blue"));
          return fleet.commit(
              fleetOf(List.of(router("blue"), router("red"))),
              Map.of("blue", next, "red", CONFIG),
              4,
              Map.of("blue", blue));
        });
    onLoop(
        () -> fleet.commit(fleetOf(List.of(router("blue"), router("red"))), Map.of(), 5, Map.of()));
    Objects.requireNonNull(settling.get("red")).get(10, TimeUnit.SECONDS);
    assertEquals(false, Objects.requireNonNull(settling.get("blue")).isDone());
    assertEquals(CONFIG, Objects.requireNonNull(host.running.get("red")).prepared);
    List<String> asked = asked();
    assertTrue(asked.containsAll(List.of("blue apply 4", "red apply 4")), asked.toString());
    assertTrue(!asked.contains("blue prepare 4"), asked.toString());
  }

  @Test
  void preparedRouter_applyFails_isBroughtTheConfigurationAgain() throws Exception {
    want(fleetOf(List.of(router("blue"))), 3);
    host.refusing.add("blue");
    RouterTree next = tree(2);
    onLoop(() ->
            fleet.commit(
                fleetOf(List.of(router("blue"))),
                Map.of("blue", next),
                4,
                Map.of("blue", Objects.requireNonNull(fleet.linkOf("blue")))))
        .getOrDefault("blue", new CompletableFuture<>())
        .get(10, TimeUnit.SECONDS);
    assertEquals(next.id(), Objects.requireNonNull(host.running.get("blue")).id);
    assertTrue(log.stream().anyMatch(line -> line.contains("blue did not apply commit 4")));
  }

  @Test
  void laterCommit_earlierComes_isDropped() throws Exception {
    want(fleetOf(List.of(router("blue"))), 4);
    asked();
    want(fleetOf(List.of()), 3);
    assertEquals(List.of(), asked());
    assertEquals(1, onLoop(fleet::status).routers().size());
  }

  @Test
  void connectionEndsBeforeItIsHeardOf_isMadeAgain() throws Exception {
    host.endingAtOnce.add("blue");
    want(fleetOf(List.of(router("blue"))), 3);
    List<String> asked = asked();
    assertEquals(
        List.of(
            "start blue small",
            "connect blue",
            "blue close",
            "connect blue",
            "blue prepare 3",
            "blue apply 3"),
        asked);
  }

  @Test
  void running_disabledThenRemoved_isStoppedAndForgotten() throws Exception {
    want(fleetOf(List.of(router("blue"))), 3);
    long pid = onLoop(fleet::status).routers().getFirst().pid();
    asked();
    want(fleetOf(List.of()), 4);
    assertTrue(asked().contains("stop blue"));
    onLoop(() -> {
      fleet.onRouterExited("blue", pid, "exit code 0");
      return true;
    });
    assertEquals(List.of(), onLoop(fleet::status).routers());
  }

  @Test
  void sharedMemory_port_isGivenWithoutAGuardAndUpWhenTheRouterSaysSo() throws Exception {
    DesiredMemif memif =
        new DesiredMemif(null, true, null, 0, "word", "02:00:00:00:00:01", 1500, 1024);
    DesiredPort port = new DesiredPort("m0", "m0", "blue", "vireo-port:memif", 1, false, memif);
    want(fleetOf(List.of(router("blue")), port), 1);
    awaitAsked("blue give m0");
    assertEquals("the other end is not connected", portStatus().reason());
    assertFalse(port.toString().contains("word"), port::toString);
    host.tellLink("blue", "m0", true);
    assertTrue(portStatus().up());
    host.tellLink("blue", "m0", false, "the secret is wrong");
    assertEquals("the secret is wrong", portStatus().reason());
    assertFalse(portStatus().up());
    want(fleetOf(List.of(router("blue"))), 2);
    List<String> asked = asked();
    assertTrue(asked.contains("blue take m0"), asked::toString);
    assertTrue(asked.stream().noneMatch(each -> each.startsWith("release")), asked::toString);
  }

  private static DesiredPort link(String name, String router, String peer) {
    DesiredMemif memif =
        new DesiredMemif(
            peer, name.compareTo(peer) < 0, null, 0, null, "02:00:00:00:00:01", 1500, 1024);
    return new DesiredPort(name, name, router, "vireo-port:link", 1, false, memif);
  }

  private List<FleetStatus.PortStatus> portStates() throws Exception {
    onLoop(() -> true);
    return onLoop(fleet::status).ports();
  }

  @Test
  void workers_areToldWhenTheyDiffer_andToOneThatRanBefore() throws Exception {
    want(fleetOf(List.of(router("blue"))), 1);
    assertTrue(asked().stream().noneMatch(each -> each.contains("workers")));
    DesiredRouter two =
        new DesiredRouter("blue", true, RunProfile.SMALL, new DesiredWorkers(2, List.of(0, 1)));
    want(fleetOf(List.of(two)), 2);
    assertTrue(asked().contains("blue workers 2 [0, 1]"));
    want(fleetOf(List.of(two)), 3);
    assertTrue(asked().stream().noneMatch(each -> each.contains("workers")));
    long pid = onLoop(fleet::status).routers().getFirst().pid();
    loop.post(() -> fleet.onRouterExited("blue", pid, "signal 9"));
    awaitAsked("blue workers 2 [0, 1]");
    want(fleetOf(List.of(router("blue"))), 4);
    awaitAsked("blue workers 0 []");
  }

  @Test
  void link_bothEnds_areGivenTheirConversation_andAnewWhenOneDies() throws Exception {
    want(
        fleetOf(
            List.of(router("blue"), router("red")),
            link("toblue", "red", "tored"),
            link("tored", "blue", "toblue")),
        1);
    List<String> asked = asked();
    assertTrue(asked.containsAll(List.of("blue give tored", "red give toblue")), asked::toString);
    assertTrue(
        asked.stream().noneMatch(each -> each.startsWith("open") || each.contains("take")),
        asked::toString);
    host.tellLink("blue", "tored", true);
    host.tellLink("red", "toblue", true);
    assertTrue(portStates().stream().allMatch(FleetStatus.PortStatus::up));

    long pid = onLoop(fleet::status).routers().getFirst().pid();
    host.tellLink("red", "toblue", false);
    loop.post(() -> fleet.onRouterExited("blue", pid, "signal 9"));
    awaitAsked("start blue small");
    awaitAsked("blue give tored");
    awaitAsked("red give toblue");
    host.tellLink("blue", "tored", true);
    host.tellLink("red", "toblue", true);
    assertTrue(portStates().stream().allMatch(FleetStatus.PortStatus::up));

    want(fleetOf(List.of(router("blue"), router("red"))), 2);
    asked = asked();
    assertTrue(asked.containsAll(List.of("blue take tored", "red take toblue")), asked::toString);
  }

  @Test
  void desired_twoPortsOfOneDevice_isAConflictThatNamesBoth() {
    DesiredFleet.Conflict conflict =
        fleetOf(
                List.of(router("blue"), router("red")),
                port("eth1", "blue"),
                new DesiredPort("again", "eth1", "red", "vireo-port:af-packet", 1, false, null))
            .conflict(cpu -> cpu < 2);
    assertNotNull(conflict);
    for (String word : List.of("eth1", "again", "blue", "red")) {
      assertTrue(conflict.message().contains(word), conflict.message());
    }
    DesiredFleet.Conflict unbound =
        fleetOf(List.of(router("blue")), port("eth1", "green")).conflict(cpu -> cpu < 2);
    assertNotNull(unbound);
    assertTrue(unbound.message().contains("green"), unbound.message());
    DesiredFleet.Conflict elsewhere =
        fleetOf(
                List.of(
                    new DesiredRouter(
                        "blue", true, RunProfile.SMALL, new DesiredWorkers(1, List.of(0, 77)))))
            .conflict(cpu -> cpu < 2);
    assertNotNull(elsewhere);
    assertTrue(elsewhere.message().contains("77"), elsewhere.message());
  }
}
