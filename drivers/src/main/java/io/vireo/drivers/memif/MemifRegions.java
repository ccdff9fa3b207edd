package io.vireo.drivers.memif;

import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.MemoryMapping;
import io.vireo.drivers.linux.SharedMemory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/// The shared memory of a link, region by region.
final class MemifRegions implements AutoCloseable {
  static final int MAX_REGIONS = 16;

  /// Of one region.
  static final long MAX_BYTES = 256L << 20;

  private final List<MemoryMapping> mappings = new ArrayList<>();

  /// Maps a region and closes its descriptor.
  void add(int fd, long sizeBytes) throws LinuxException, MemifMessage.Malformed {
    try {
      if (mappings.size() == MAX_REGIONS || sizeBytes <= 0 || sizeBytes > MAX_BYTES) {
        throw new MemifMessage.Malformed(
            "region "
                + mappings.size()
                + " of "
                + sizeBytes
                + " bytes; "
                + MAX_REGIONS
                + " of at most "
                + MAX_BYTES
                + " are taken");
      }
      // A region that becomes shorter would end this process at the next access.
      if (!SharedMemory.cannotShrink(fd)) {
        throw new MemifMessage.Malformed("the region's memory is not sealed against shrinking");
      }
      if (SharedMemory.lengthBytes(fd) < sizeBytes) {
        throw new MemifMessage.Malformed("the region's memory is shorter than " + sizeBytes);
      }
      mappings.add(MemoryMapping.shared(fd, sizeBytes));
    } finally {
      Descriptors.close(fd);
    }
  }

  int count() {
    return mappings.size();
  }

  /// A ring in one of the regions.
  MemifRing ring(MemifMessage.AddRing added) throws MemifMessage.Malformed {
    if (added.region() >= mappings.size()) {
      throw new MemifMessage.Malformed("a ring in region " + added.region() + ", which is none");
    }
    MemorySegment memory = mappings.get(added.region()).segment();
    if (added.log2Size() > 14
        || added.offset() % MemifRing.ALIGNMENT != 0
        || added.offset() + MemifRing.bytes(added.log2Size()) > memory.byteSize()) {
      throw new MemifMessage.Malformed(
          "a ring of 2^"
              + added.log2Size()
              + " descriptors at "
              + added.offset()
              + ", which does not lie in its region");
    }
    return new MemifRing(memory, added.offset(), added.log2Size());
  }

  MemorySegment[] segments() {
    return mappings.stream().map(MemoryMapping::segment).toArray(MemorySegment[]::new);
  }

  @Override
  public void close() {
    mappings.forEach(MemoryMapping::close);
    mappings.clear();
  }
}
