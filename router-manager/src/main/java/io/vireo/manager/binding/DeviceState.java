package io.vireo.manager.binding;

import io.vireo.manager.fleet.FleetStatus;
import io.vireo.manager.fleet.GrantedPort;
import io.vireo.manager.life.RouterLife;
import io.vireo.records.device.DeviceRoot;
import io.vireo.records.device.ietfinterfaces.Interfaces;
import io.vireo.records.device.ietflogicalnetworkelement.LogicalNetworkElements;
import io.vireo.records.device.ietfyangtypes.DateAndTime;
import io.vireo.records.device.ietfyangtypes.PhysAddress;
import io.vireo.records.device.vireovirtualrouter.ProcessStatus;
import io.vireo.wire.cbor.CborWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What only the manager knows of the device: its ports and the routers' processes, as YANG-CBOR.
final class DeviceState {
  private DeviceState() {}

  static byte[] emit(FleetStatus status) {
    List<Interfaces.Interface> ports = status.ports().stream().map(DeviceState::port).toList();
    List<LogicalNetworkElements.LogicalNetworkElement> routers =
        status.routers().stream().map(DeviceState::router).toList();
    CborWriter out = new CborWriter();
    DeviceRoot.builder()
        .interfaces(new Interfaces(ports))
        .logicalNetworkElements(new LogicalNetworkElements(routers))
        .build()
        .write(out);
    return out.toByteArray();
  }

  // NullAway overlooks @Nullable on a record component whose type is written qualified.
  @SuppressWarnings("NullAway")
  private static Interfaces.Interface port(FleetStatus.PortStatus port) {
    Interfaces.Interface.OperStatus oper =
        port.up()
            ? Interfaces.Interface.OperStatus.UP
            : port.present()
                ? Interfaces.Interface.OperStatus.DOWN
                : Interfaces.Interface.OperStatus.NOT_PRESENT;
    GrantedPort granted = port.granted();
    return Interfaces.Interface.builder()
        .name(port.name())
        .operStatus(oper)
        .physAddress(granted == null ? null : new PhysAddress(granted.macAddress()))
        .port(new Interfaces.Interface.Port(null, null, null, null, null, null, port.reason()))
        .build();
  }

  // NullAway overlooks @Nullable on a record component whose type is written qualified.
  @SuppressWarnings("NullAway")
  private static LogicalNetworkElements.LogicalNetworkElement router(
      FleetStatus.RouterStatus router) {
    LogicalNetworkElements.LogicalNetworkElement.Process process =
        new LogicalNetworkElements.LogicalNetworkElement.Process(
            status(router.status()),
            router.pid() == 0 ? null : router.pid(),
            time(router.startTime()),
            router.restarts(),
            router.lastExit(),
            router.startFailure());
    return new LogicalNetworkElements.LogicalNetworkElement(
        router.name(), null, null, null, process, null, null);
  }

  private static ProcessStatus status(RouterLife.Status status) {
    return switch (status) {
      case DISABLED -> ProcessStatus.DISABLED;
      case STARTING -> ProcessStatus.STARTING;
      case RUNNING -> ProcessStatus.RUNNING;
      case BACKING_OFF -> ProcessStatus.BACKING_OFF;
      case STOPPING -> ProcessStatus.STOPPING;
    };
  }

  private static @Nullable DateAndTime time(@Nullable Instant instant) {
    return instant == null
        ? null
        : new DateAndTime(instant.truncatedTo(ChronoUnit.SECONDS).toString());
  }
}
