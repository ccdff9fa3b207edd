package io.vireo.manager.binding;

import io.vireo.manager.fleet.FleetStatus;
import io.vireo.manager.fleet.GrantedPort;
import io.vireo.manager.life.RouterLife;
import io.vireo.records.device.DeviceRoot;
import io.vireo.records.device.ietfinterfaces.Interfaces;
import io.vireo.records.device.ietflogicalnetworkelement.LogicalNetworkElements;
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
    CborWriter out = new CborWriter();
    // PENDING: records
    return out.toByteArray();
  }
}
