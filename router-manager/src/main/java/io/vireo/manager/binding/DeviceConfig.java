package io.vireo.manager.binding;

import io.vireo.manager.fleet.DesiredFleet;
import io.vireo.manager.fleet.DesiredMemif;
import io.vireo.manager.fleet.DesiredPort;
import io.vireo.manager.fleet.DesiredRouter;
import io.vireo.manager.fleet.DesiredWorkers;
import io.vireo.manager.launch.RunProfile;
import io.vireo.records.device.DeviceRoot;
import io.vireo.records.device.ietfinterfaces.Interfaces;
import io.vireo.records.device.ietflogicalnetworkelement.LogicalNetworkElements;
import io.vireo.records.device.ietfyangtypes.MacAddress;
import io.vireo.records.device.vireovirtualrouter.Profile;
import io.vireo.wire.Identity;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The device's configuration as YANG-CBOR, read without any schema: so at boot the virtual routers
/// start before a schema is parsed.
public final class DeviceConfig {
  private static final String MEMIF = ":memif";
  private static final String LINK = ":link";
  private static final int DEFAULT_MTU = 1500;
  private static final int DEFAULT_RING = 1024;

  private DeviceConfig() {}

  /// Which routers and ports a device's tree wants.
  public static DesiredFleet read(byte[] device) throws CborException {
    DeviceRoot root = DeviceRoot.read(new CborReader(device));
    SortedMap<String, DesiredRouter> routers = new TreeMap<>();
    LogicalNetworkElements elements = root.logicalNetworkElements();
    if (elements != null) {
      elements
          .logicalNetworkElement()
          .forEach(each -> {
            DesiredRouter router = router(each);
            routers.put(router.name(), router);
          });
    }
    SortedMap<String, DesiredPort> ports = new TreeMap<>();
    Interfaces interfaces = root.interfaces();
    if (interfaces != null) {
      for (Interfaces.Interface each : interfaces.interface_()) {
        DesiredPort port = port(each);
        if (port != null) {
          ports.put(port.name(), port);
        }
      }
    }
    return new DesiredFleet(routers, ports);
  }

  private static DesiredRouter router(LogicalNetworkElements.LogicalNetworkElement element) {
    boolean enabled = !Boolean.FALSE.equals(element.enabled());
    RunProfile profile =
        element.profile() == Profile.STANDARD ? RunProfile.STANDARD : RunProfile.SMALL;
    return new DesiredRouter(element.name(), enabled, profile, workers(element.workers()));
  }

  private static DesiredWorkers workers(
      LogicalNetworkElements.LogicalNetworkElement.@Nullable Workers configured) {
    if (configured == null) {
      return DesiredWorkers.NONE;
    }
    Integer count = configured.forwarding();
    return new DesiredWorkers(count == null ? 0 : count, configured.cpu());
  }

  /// Null: not a port, not bound, or disabled.
  private static @Nullable DesiredPort port(Interfaces.Interface each) {
    Interfaces.Interface.Port port = each.port();
    String router = each.bindLneName();
    Identity driver = port == null ? null : port.driver();
    if (port == null || router == null || driver == null || Boolean.FALSE.equals(each.enabled())) {
      return null;
    }
    String device = port.hostInterface();
    return new DesiredPort(
        each.name(),
        device == null ? each.name() : device,
        router,
        driver.yangName(),
        port.queues() == null ? 1 : port.queues(),
        Boolean.TRUE.equals(port.force()),
        shared(each.name(), router, driver.yangName(), port));
  }

  /// Null: the driver is of a device.
  private static @Nullable DesiredMemif shared(
      String name, String router, String driver, Interfaces.Interface.Port port) {
    if (driver.endsWith(MEMIF)) {
      return memif(name, router, port.memif());
    }
    Interfaces.Interface.Port.Link link = port.link();
    return driver.endsWith(LINK) && link != null ? link(name, router, link) : null;
  }

  private static DesiredMemif link(
      String name, String router, Interfaces.Interface.Port.Link given) {
    MacAddress address = given.macAddress();
    String peer = given.peer();
    return new DesiredMemif(
        peer,
        name.compareTo(peer) < 0, // one of the two
        null,
        0,
        null,
        address == null ? ownAddress(router + "/" + name) : address.value(),
        given.mtu() == null ? DEFAULT_MTU : given.mtu(),
        DEFAULT_RING);
  }

  private static DesiredMemif memif(
      String name, String router, Interfaces.Interface.Port.@Nullable Memif given) {
    String mac = ownAddress(router + "/" + name);
    if (given == null) {
      return new DesiredMemif(null, true, null, 0, null, mac, DEFAULT_MTU, DEFAULT_RING);
    }
    MacAddress address = given.macAddress();
    return new DesiredMemif(
        null,
        given.role() != Interfaces.Interface.Port.Memif.Role.CLIENT,
        given.socket(),
        given.id() == null ? 0 : given.id(),
        given.secret(),
        address == null ? mac : address.value(),
        given.mtu() == null ? DEFAULT_MTU : given.mtu(),
        given.ringSize() == null ? DEFAULT_RING : given.ringSize());
  }

  /// An address of our own making (IEEE 802 §8.4, locally administered), the same at each start.
  private static String ownAddress(String of) {
    byte[] hash;
    try {
      hash = MessageDigest.getInstance("SHA-256").digest(of.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
    return "02:" + HexFormat.ofDelimiter(":").formatHex(hash, 0, 5);
  }
}
