package io.vireo.manager.fleet;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/// Which routers and ports there should be: what the device's configuration says, less all that the
/// processes do not need to know.
///
/// @param routers by name
/// @param ports by name; each one's router exists
public record DesiredFleet(
    SortedMap<String, DesiredRouter> routers, SortedMap<String, DesiredPort> ports) {
  public static final DesiredFleet EMPTY = new DesiredFleet(new TreeMap<>(), new TreeMap<>());

  public DesiredFleet {
    routers = Collections.unmodifiableSortedMap(new TreeMap<>(routers));
    ports = Collections.unmodifiableSortedMap(new TreeMap<>(ports));
  }

  /// Why this cannot be, in a sentence that names the values; null: it can.
  ///
  /// @param hasCpu whether the host has a processor
  public @Nullable Conflict conflict(IntPredicate hasCpu) {
    for (DesiredRouter router : routers.values()) {
      for (int cpu : router.workers().cpus()) {
        if (!hasCpu.test(cpu)) {
          return new Conflict(
              router.name(),
              "virtual router "
                  + router.name()
                  + " is to run on processor "
                  + cpu
                  + ", which this machine does not have or does not lend: name another");
        }
      }
    }
    Map<String, DesiredPort> byDevice = new HashMap<>();
    for (DesiredPort port : ports.values()) {
      DesiredPort other = byDevice.putIfAbsent(port.device(), port);
      if (other != null) {
        return new Conflict(
            port.name(),
            "ports "
                + other.name()
                + " of virtual router "
                + other.router()
                + " and "
                + port.name()
                + " of virtual router "
                + port.router()
                + " both claim device "
                + port.device()
                + ": remove one of them");
      }
      if (!routers.containsKey(port.router())) {
        return new Conflict(
            port.name(),
            "port "
                + port.name()
                + " is bound to virtual router "
                + port.router()
                + ", which does not exist: create it or bind another");
      }
    }
    return null;
  }

  /// @param name the port or router concerned
  /// @param message what is wrong and the fix
  public record Conflict(String name, String message) {}
}
