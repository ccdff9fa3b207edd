package io.vireo.manager.port;

import java.io.IOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// Which virtual router has which device. Owned by the guard's loop.
public final class DeviceClaims {
  private final ClaimJournal journal;
  private final Consumer<String> log;
  private final SortedMap<String, DeviceSettings> claimed = new TreeMap<>();

  public DeviceClaims(ClaimJournal journal, Consumer<String> log) {
    this.journal = journal;
    this.log = log;
  }

  /// Gives back what a guard that was killed could not.
  public void recover() throws IOException {
    for (DeviceSettings left : journal.read(log)) {
      log.accept("giving back device " + left.device() + " that an earlier run had claimed");
      giveBack(left);
    }
  }

  /// Takes a device for a router and silences it. Taking it again for the same router is fine.
  ///
  /// @return the device as it is then
  public LinkState claim(String device, String router, boolean force) throws DeviceRefusal {
    DeviceSettings held = claimed.get(device);
    if (held != null && !held.router().equals(router)) {
      throw new DeviceRefusal(
          DeviceRefusal.Reason.TAKEN,
          "device "
              + device
              + " is held by virtual router "
              + held.router()
              + ": release it there");
    }
    LinkState present = require(device);
    if (held != null && held.index() == present.index()) {
      return silence(device); // somebody may have set it down or given it an address
    }
    HostDevice host = new HostDevice(device);
    try {
      if (!force && host.carriesDefaultRoute()) {
        throw new DeviceRefusal(
            DeviceRefusal.Reason.DEFAULT_ROUTE,
            "device "
                + device
                + " carries the host's default route: choose another, or set the port's force to"
                + " true");
      }
      DeviceSettings was = host.read(present, router);
      journal.put(was);
      claimed.put(device, was);
    } catch (IOException failed) {
      throw failed(device, failed);
    }
    return silence(device);
  }

  /// Gives a device back to the host as it was; a device that was not claimed is left alone.
  public void release(String device) {
    DeviceSettings held = claimed.remove(device);
    if (held != null) {
      giveBack(held);
    }
  }

  public void releaseAll() {
    for (String device : claimed.keySet().toArray(String[]::new)) {
      release(device);
    }
  }

  /// Device to router.
  public SortedMap<String, String> holders() {
    SortedMap<String, String> holders = new TreeMap<>();
    for (Map.Entry<String, DeviceSettings> each : claimed.entrySet()) {
      holders.put(each.getKey(), each.getValue().router());
    }
    return holders;
  }

  private LinkState silence(String device) throws DeviceRefusal {
    try {
      new HostDevice(device).silence();
    } catch (IOException failed) {
      release(device);
      throw failed(device, failed);
    }
    return require(device);
  }

  private LinkState require(String device) throws DeviceRefusal {
    LinkState link;
    try {
      link = LinkState.lookup(device);
    } catch (IOException failed) {
      throw failed(device, failed);
    }
    if (link == null) {
      throw new DeviceRefusal(
          DeviceRefusal.Reason.ABSENT, "device " + device + " does not exist on this host");
    }
    if (!link.kind().equals("ether")) {
      throw new DeviceRefusal(
          DeviceRefusal.Reason.UNFIT,
          "device " + device + " is of kind " + link.kind() + ", not Ethernet: choose another");
    }
    return link;
  }

  private void giveBack(DeviceSettings held) {
    try {
      LinkState present = LinkState.lookup(held.device());
      if (present != null && present.index() == held.index()) {
        new HostDevice(held.device()).restore(held, log);
      }
      journal.remove(held.device());
    } catch (IOException failed) {
      log.accept("giving back device " + held.device() + ": " + failed.getMessage());
    }
  }

  private static DeviceRefusal failed(String device, IOException failed) {
    return new DeviceRefusal(
        DeviceRefusal.Reason.FAILED, "device " + device + ": " + failed.getMessage());
  }
}
