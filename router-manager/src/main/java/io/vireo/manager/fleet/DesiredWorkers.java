package io.vireo.manager.fleet;

import java.util.List;

/// The forwarding workers of a virtual router.
///
/// @param count how many there are beside the data plane's own
/// @param cpus where the data plane's own runs, then each of the others
public record DesiredWorkers(int count, List<Integer> cpus) {
  public static final DesiredWorkers NONE = new DesiredWorkers(0, List.of());

  public DesiredWorkers {
    cpus = List.copyOf(cpus);
  }
}
