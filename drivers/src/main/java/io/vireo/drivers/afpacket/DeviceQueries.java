package io.vireo.drivers.afpacket;

import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.Sockets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/// What a packet socket can be asked about its device: `ioctl`s on the socket, answered for the
/// network namespace the socket was made in, without privilege.
final class DeviceQueries {
  private static final ValueLayout.OfInt BIG_INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfShort BIG_SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);

  private final Arena arena = Arena.ofAuto();
  private final MemorySegment request = arena.allocate(PacketAbi.IFREQ_BYTES, Long.BYTES);
  private final MemorySegment counters = arena.allocate(12, Integer.BYTES);
  private final long requestAddress = request.address();
  private final long errorAddress = arena.allocate(ValueLayout.JAVA_INT).address();
  private final long errorLengthAddress =
      arena.allocateFrom(ValueLayout.JAVA_INT, Integer.BYTES).address();
  private final MemorySegment address = arena.allocate(PacketAbi.SOCKADDR_LL_BYTES, Integer.BYTES);
  private final int fd;
  private final int index;

  DeviceQueries(int fd) throws LinuxException {
    this.fd = fd;
    Sockets.localAddress(fd, address);
    this.index = address.get(ValueLayout.JAVA_INT, PacketAbi.SLL_IFINDEX);
  }

  long mac() throws LinuxException {
    ask(PacketAbi.SIOCGIFHWADDR);
    return (request.get(BIG_SHORT, PacketAbi.IFREQ_HWADDR) & 0xffffL) << 32
        | request.get(BIG_INT, PacketAbi.IFREQ_HWADDR + 2) & 0xffffffffL;
  }

  int mtuBytes() throws LinuxException {
    ask(PacketAbi.SIOCGIFMTU);
    return request.get(ValueLayout.JAVA_INT, PacketAbi.IFREQ_VALUE);
  }

  /// Whether the device is up and has a carrier; a device that is gone is down.
  boolean linkUp() {
    request.set(ValueLayout.JAVA_INT, PacketAbi.IFREQ_VALUE, index);
    if (Sockets.tryControl(fd, PacketAbi.SIOCGIFNAME, requestAddress) < 0
        || Sockets.tryControl(fd, PacketAbi.SIOCGIFFLAGS, requestAddress) < 0) {
      return false;
    }
    int flags = request.get(ValueLayout.JAVA_SHORT, PacketAbi.IFREQ_VALUE);
    int wanted = PacketAbi.IFF_UP | PacketAbi.IFF_RUNNING;
    return (flags & wanted) == wanted;
  }

  /// Frames the kernel had no ring space for since the last call (`struct tpacket_stats_v3`).
  long takeKernelDrops() {
    try {
      Descriptors.getSocketOption(fd, PacketAbi.SOL_PACKET, PacketAbi.PACKET_STATISTICS, counters);
      return counters.get(ValueLayout.JAVA_INT, 4) & 0xffffffffL;
    } catch (LinuxException gone) {
      return 0;
    }
  }

  /// Forgets the error that a device going down leaves on the socket, for which poll would return
  /// at once and the next call would fail.
  void clearError() {
    Sockets.tryOption(
        fd, PacketAbi.SOL_SOCKET, PacketAbi.SO_ERROR, errorAddress, errorLengthAddress);
  }

  /// The name may change while we hold the socket: look it up by index every time. The index does
  /// not: it is nobody's any more when the device is gone.
  private void ask(int call) throws LinuxException {
    request.fill((byte) 0);
    request.set(ValueLayout.JAVA_INT, PacketAbi.IFREQ_VALUE, index);
    Sockets.control(fd, PacketAbi.SIOCGIFNAME, request, "the name of an interface");
    request.asSlice(PacketAbi.IFREQ_VALUE).fill((byte) 0);
    Sockets.control(fd, call, request, "a question about an interface");
  }
}
