package io.vireo.drivers.memif;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// What two ports have in common while they are connected: memory, and a link for each queue. The
/// memory is given back when the last queue's worker has let go of it.
final class MemifConnection {
  private final MemifRegions regions;
  private final List<MemifLink> links;
  private final AtomicInteger users;

  /// @param links by queue
  MemifConnection(MemifRegions regions, List<MemifLink> links) {
    this.regions = regions;
    this.links = links;
    this.users = new AtomicInteger(links.size());
  }

  MemifLink link(int queue) {
    return links.get(queue);
  }

  /// A queue does not use it any more.
  void letGo() {
    if (users.decrementAndGet() == 0) {
      close();
    }
  }

  /// Gives it back; nobody uses it.
  void close() {
    links.forEach(MemifLink::close);
    regions.close();
  }
}
