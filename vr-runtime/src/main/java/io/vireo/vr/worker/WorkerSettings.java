package io.vireo.vr.worker;

import java.util.List;

/// How many threads a router forwards with, and where they run.
///
/// @param count forwarding workers beside the data plane's own; 0: that one forwards
/// @param cpus where the data plane's worker runs, then each of the others; those beyond the list
///   run anywhere
public record WorkerSettings(int count, List<Integer> cpus) {
  public static final int MAX_COUNT = 16;

  public static final WorkerSettings NONE = new WorkerSettings(0, List.of());

  public WorkerSettings {
    if (count < 0 || count > MAX_COUNT) {
      throw new IllegalArgumentException(
          count + " forwarding workers; at most " + MAX_COUNT + " are possible");
    }
    cpus = List.copyOf(cpus);
  }

  /// The processor of a worker, -1: any.
  int cpuOf(int worker) {
    return worker < cpus.size() ? cpus.get(worker) : -1;
  }
}
