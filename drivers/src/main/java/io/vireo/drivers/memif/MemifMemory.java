package io.vireo.drivers.memif;

import io.vireo.drivers.PortStatistics;
import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.EventDescriptor;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.SharedMemory;

/// A client's memory: one region with both rings and their buffers.
///
/// ```text
///  | ring to server | ring to client | buffers to server | buffers to client |
/// ```
final class MemifMemory implements AutoCloseable {
  private static final int PAGE_BYTES = 4096;

  private final int log2Size;
  private final int descriptor;
  private final long sizeBytes;
  private final long buffersToServer;
  private final MemifRegions regions;
  private boolean linked;

  private MemifMemory(int log2Size, int descriptor, long buffers, long size, MemifRegions regions) {
    this.log2Size = log2Size;
    this.descriptor = descriptor;
    this.buffersToServer = buffers;
    this.sizeBytes = size;
    this.regions = regions;
  }

  static MemifMemory create(String name, int log2Size)
      throws LinuxException, MemifMessage.Malformed {
    long rings = 2 * MemifRing.bytes(log2Size);
    long buffers = rings + PAGE_BYTES - 1 & -PAGE_BYTES;
    long size = buffers + 2 * ((long) MemifLink.BUFFER_BYTES << log2Size);
    int descriptor = SharedMemory.create("memif-" + name, size);
    MemifRegions regions = new MemifRegions();
    try {
      regions.add(Descriptors.duplicate(descriptor), size);
    } catch (LinuxException | MemifMessage.Malformed failed) {
      Descriptors.close(descriptor);
      throw failed;
    }
    MemifMemory made = new MemifMemory(log2Size, descriptor, buffers, size, regions);
    made.ring(made.ringToServer()).initialize();
    made.ring(made.ringToClient()).initialize();
    return made;
  }

  private MemifRing ring(long base) {
    return new MemifRing(regions.segments()[0], base, log2Size);
  }

  int descriptor() {
    return descriptor;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  long ringToServer() {
    return 0;
  }

  long ringToClient() {
    return MemifRing.bytes(log2Size);
  }

  /// The link over this memory, which owns it from now on.
  MemifLink link(EventDescriptor toServer, EventDescriptor toClient, PortStatistics statistics) {
    MemifRing out = ring(ringToServer());
    MemifRing in = ring(ringToClient());
    long buffersToClient = buffersToServer + ((long) MemifLink.BUFFER_BYTES << log2Size);
    MemifLink link =
        new MemifLink(
            false,
            regions,
            in,
            toClient,
            out,
            toServer,
            buffersToClient,
            buffersToServer,
            statistics);
    link.offerAll();
    linked = true;
    Descriptors.close(descriptor);
    return link;
  }

  @Override
  public void close() {
    if (!linked) {
      Descriptors.close(descriptor);
      regions.close();
    }
  }
}
