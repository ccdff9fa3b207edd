package io.vireo.manager.binding;

import io.vireo.manager.fleet.DesiredFleet;
import io.vireo.manager.fleet.DesiredPort;
import io.vireo.manager.fleet.DesiredRouter;
import io.vireo.manager.launch.RunProfile;
import io.vireo.records.device.DeviceRoot;
import io.vireo.records.device.ietfinterfaces.Interfaces;
import io.vireo.records.device.ietflogicalnetworkelement.LogicalNetworkElements;
import io.vireo.records.device.vireovirtualrouter.Profile;
import io.vireo.wire.Identity;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The device's configuration as YANG-CBOR, read without any schema: so at boot the virtual routers
/// start before a schema is parsed.
public final class DeviceConfig {
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
    return new DesiredRouter(element.name(), enabled, profile);
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
        Boolean.TRUE.equals(port.force()));
  }
}
