package io.vireo.manager.port;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.manager.HostCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On a veth pair of its own, with addresses of TEST-NET-3 (RFC 5737).
@Tag("netns")
class DeviceClaimsTest {
  private static final String DEVICE = "vmgrt0";
  private static final String PEER = "vmgrt1";

  @TempDir Path folder = Path.of("");
  private final List<String> log = new ArrayList<>();

  @BeforeEach
  void makeDevices() throws IOException {
    HostCommand.run("ip", "link", "add", DEVICE, "type", "veth", "peer", "name", PEER);
    HostCommand.run("ip", "link", "set", DEVICE, "up");
    HostCommand.run("ip", "link", "set", PEER, "up");
    HostCommand.run("ip", "addr", "add", "203.0.113.1/28", "dev", DEVICE);
    HostCommand.run("ip", "addr", "add", "2001:db8:77::1/64", "dev", DEVICE, "nodad");
    HostCommand.run("ip", "route", "add", "203.0.113.64/28", "via", "203.0.113.2", "dev", DEVICE);
  }

  @AfterEach
  void removeDevices() throws IOException {
    HostCommand.run("ip", "link", "del", DEVICE);
  }

  private DeviceClaims claims() {
    return new DeviceClaims(new ClaimJournal(folder), log::add);
  }

  private static String addresses() throws IOException {
    return HostCommand.run("ip", "-o", "addr", "show", "dev", DEVICE, "scope", "global");
  }

  private static String routes() throws IOException {
    return HostCommand.run("ip", "-4", "route", "show", "dev", DEVICE);
  }

  @Test
  void device_claimThenRelease_isAsBefore() throws Exception {
    String before = addresses();
    String routesBefore = routes();
    DeviceClaims claims = claims();

    LinkState link = claims.claim(DEVICE, "blue", false);
    assertTrue(link.up());
    assertTrue(link.flags().contains("NOARP"), link.toString());
    assertEquals("", addresses());
    assertEquals("", routes());

    claims.release(DEVICE);
    assertEquals(before, addresses());
    assertEquals(routesBefore, routes());
    assertFalse(requireNonNull(LinkState.lookup(DEVICE)).flags().contains("NOARP"));
    assertEquals(List.of(), log);
  }

  @Test
  void device_guardKilled_nextOneRestores() throws Exception {
    String before = addresses();
    claims().claim(DEVICE, "blue", false);
    claims().recover();
    assertEquals(before, addresses());
    assertEquals(List.of(), new ClaimJournal(folder).read(log::add));
  }

  @Test
  void claimedDevice_anotherRouter_isRefusedByName() throws Exception {
    DeviceClaims claims = claims();
    claims.claim(DEVICE, "blue", false);
    claims.claim(DEVICE, "blue", false); // again for the same router: fine
    DeviceRefusal refusal =
        assertThrows(DeviceRefusal.class, () -> claims.claim(DEVICE, "red", true));
    assertEquals(DeviceRefusal.Reason.TAKEN, refusal.reason());
    assertTrue(String.valueOf(refusal.getMessage()).contains("blue"), refusal.getMessage());
    claims.releaseAll();
  }

  @Test
  void badDevices_areRefusedByName() {
    assertRefused(DeviceRefusal.Reason.ABSENT, "vmgr-none");
    assertRefused(DeviceRefusal.Reason.UNFIT, "lo");
  }

  @Test
  void defaultRoute_withoutForce_isRefused() throws Exception {
    HostCommand.run(
        "ip", "route", "add", "default", "via", "203.0.113.3", "dev", DEVICE, "metric", "777777");
    assertRefused(DeviceRefusal.Reason.DEFAULT_ROUTE, DEVICE);
    DeviceClaims claims = claims();
    claims.claim(DEVICE, "blue", true);
    claims.releaseAll();
    assertTrue(routes().contains("default via 203.0.113.3"), routes());
  }

  @Test
  void watchedDevice_peerDownAndUp_isTold() throws Exception {
    LinkedBlockingQueue<LinkState> seen = new LinkedBlockingQueue<>();
    DeviceWatch watch = DeviceWatch.start(seen::add, () -> {});
    try {
      // The watch stands once it tells of a change.
      boolean down = true;
      @Nullable LinkState told = null;
      for (int i = 0; i < 100 && told == null; i++) {
        HostCommand.run("ip", "link", "set", PEER, down ? "down" : "up");
        down = !down;
        told = awaitTold(seen);
      }
      HostCommand.run("ip", "link", "set", PEER, "up");
      LinkState last = told;
      for (LinkState each; (each = awaitTold(seen)) != null; ) {
        last = each;
      }
      assertTrue(last != null && last.up(), String.valueOf(last));
    } finally {
      watch.close();
    }
  }

  private static @Nullable LinkState awaitTold(LinkedBlockingQueue<LinkState> seen)
      throws InterruptedException {
    for (LinkState each; (each = seen.poll(300, TimeUnit.MILLISECONDS)) != null; ) {
      if (each.name().equals(DEVICE)) {
        return each;
      }
    }
    return null;
  }

  private void assertRefused(DeviceRefusal.Reason reason, String device) {
    DeviceRefusal refusal =
        assertThrows(DeviceRefusal.class, () -> claims().claim(device, "blue", false));
    assertEquals(reason, refusal.reason());
    assertTrue(String.valueOf(refusal.getMessage()).contains(device), refusal.getMessage());
  }
}
