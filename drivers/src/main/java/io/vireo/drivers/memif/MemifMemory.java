package io.vireo.drivers.memif;

import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.EventDescriptor;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.SharedMemory;
import java.util.ArrayList;
import java.util.List;

/// A client's memory: one region with all rings and their buffers, and the descriptors by which
/// each ring's taker is woken.
///
/// ```text
///  | rings: 0 to server, 0 to client, 1 to server ... | their buffers, in the same order |
/// ```
final class MemifMemory implements AutoCloseable {
  private static final int PAGE_BYTES = 4096;

  private final MemifConfig config;
  private final int log2Size;
  private final int descriptor;
  private final long sizeBytes;
  private final long buffers;
  private final MemifRegions regions;
  // By ring, as in memory.
  private final List<EventDescriptor> signals = new ArrayList<>();
  private boolean linked;

  private MemifMemory(
      MemifConfig config,
      int log2Size,
      int descriptor,
      long buffers,
      long size,
      MemifRegions regions) {
    this.config = config;
    this.log2Size = log2Size;
    this.descriptor = descriptor;
    this.buffers = buffers;
    this.sizeBytes = size;
    this.regions = regions;
  }

  static MemifMemory create(MemifConfig config, int log2Size)
      throws LinuxException, MemifMessage.Malformed {
    int count = 2 * config.queues();
    long rings = count * MemifRing.bytes(log2Size);
    long buffers = rings + PAGE_BYTES - 1 & -PAGE_BYTES;
    long size = buffers + count * bufferBytes(log2Size);
    int descriptor = SharedMemory.create("memif-" + config.name(), size);
    MemifRegions regions = new MemifRegions();
    try {
      regions.add(Descriptors.duplicate(descriptor), size);
    } catch (LinuxException | MemifMessage.Malformed failed) {
      Descriptors.close(descriptor);
      throw failed;
    }
    MemifMemory made = new MemifMemory(config, log2Size, descriptor, buffers, size, regions);
    try {
      for (int i = 0; i < count; i++) {
        made.ring(i).initialize();
        made.signals.add(EventDescriptor.open());
      }
    } catch (LinuxException failed) {
      made.close();
      throw failed;
    }
    return made;
  }

  private static long bufferBytes(int log2Size) {
    return (long) MemifLink.BUFFER_BYTES << log2Size;
  }

  private static int number(int queue, boolean toServer) {
    return 2 * queue + (toServer ? 0 : 1);
  }

  private long offset(int ring) {
    return ring * MemifRing.bytes(log2Size);
  }

  private MemifRing ring(int ring) {
    return new MemifRing(regions.segments()[0], offset(ring), log2Size);
  }

  private long buffers(int ring) {
    return buffers + ring * bufferBytes(log2Size);
  }

  int descriptor() {
    return descriptor;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /// What the server is told of a ring.
  MemifMessage.AddRing ring(int queue, boolean toServer) {
    return new MemifMessage.AddRing(toServer, queue, 0, offset(number(queue, toServer)), log2Size);
  }

  /// By which the taker of a ring is woken.
  EventDescriptor signal(int queue, boolean toServer) {
    return signals.get(number(queue, toServer));
  }

  /// The connection over this memory, which owns it from now on.
  MemifConnection connection(MemifControl.Listener port) {
    List<MemifLink> links = new ArrayList<>();
    for (int queue = 0; queue < config.queues(); queue++) {
      int out = number(queue, true);
      int in = number(queue, false);
      MemifLink link =
          new MemifLink(
              false,
              regions,
              ring(in),
              signals.get(in),
              ring(out),
              signals.get(out),
              buffers(in),
              buffers(out),
              port.queue(queue).statistics());
      link.offerAll();
      links.add(link);
    }
    linked = true;
    Descriptors.close(descriptor);
    return new MemifConnection(regions, links);
  }

  @Override
  public void close() {
    if (!linked) {
      Descriptors.close(descriptor);
      signals.forEach(EventDescriptor::close);
      regions.close();
    }
  }
}
