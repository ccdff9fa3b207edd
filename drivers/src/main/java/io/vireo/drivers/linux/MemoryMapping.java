package io.vireo.drivers.linux;

import java.lang.foreign.MemorySegment;

/// A region mapped with `mmap(2)`.
///
/// The segment has no life-time check, as its accesses are on the packet path: whoever closes the
/// mapping has stopped using the segment.
public final class MemoryMapping implements AutoCloseable {
  private static final int PROT_READ_WRITE = 0x3;
  private static final int MAP_SHARED = 0x01;
  private static final int MAP_PRIVATE = 0x02;
  private static final int MAP_ANONYMOUS = 0x20;
  private static final int MAP_NORESERVE = 0x4000;
  private static final int MAP_POPULATE = 0x8000;
  private static final int MADV_DONTNEED = 4;
  private static final int MADV_HUGEPAGE = 14;

  private final MemorySegment segment;
  private boolean open = true;

  private MemoryMapping(long address, long lengthBytes) {
    this.segment = MemorySegment.ofAddress(address).reinterpret(lengthBytes);
  }

  /// Private zeroed memory, page-aligned, with transparent huge pages where the kernel has them.
  public static MemoryMapping anonymous(long lengthBytes) throws LinuxException {
    MemoryMapping mapping = map(lengthBytes, MAP_PRIVATE | MAP_ANONYMOUS, -1);
    Libc.madvise(mapping.segment.address(), lengthBytes, MADV_HUGEPAGE); // advice only
    return mapping;
  }

  /// Address space for private zeroed memory, page-aligned; a page becomes real when it is touched.
  ///
  /// @param smallBytes how much from the start stays on small pages: what little is used there
  ///   costs little
  public static MemoryMapping reserve(long lengthBytes, long smallBytes) throws LinuxException {
    MemoryMapping mapping = map(lengthBytes, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1);
    long address = mapping.segment.address() + smallBytes;
    Libc.madvise(address, lengthBytes - smallBytes, MADV_HUGEPAGE); // advice only
    return mapping;
  }

  /// The memory behind `fd` (a packet ring, a memfd), shared with whoever else maps it.
  public static MemoryMapping shared(int fd, long lengthBytes) throws LinuxException {
    return map(lengthBytes, MAP_SHARED | MAP_POPULATE, fd);
  }

  private static MemoryMapping map(long lengthBytes, int flags, int fd) throws LinuxException {
    long address = Libc.mmap(0, lengthBytes, PROT_READ_WRITE, flags, fd, 0);
    if (address == -1) {
      throw Libc.failure("mmap " + lengthBytes + " bytes of descriptor " + fd);
    }
    return new MemoryMapping(address, lengthBytes);
  }

  /// Gives whole pages of a private mapping back: they read as zero again.
  public void release(long offset, long lengthBytes) {
    Libc.madvise(segment.address() + offset, lengthBytes, MADV_DONTNEED);
  }

  public MemorySegment segment() {
    return segment;
  }

  @Override
  public void close() {
    if (open) {
      open = false;
      Libc.munmap(segment.address(), segment.byteSize());
    }
  }
}
