package io.vireo.drivers.afpacket;

import static io.vireo.drivers.afpacket.PacketAbi.AF_PACKET;
import static io.vireo.drivers.afpacket.PacketAbi.ETH_P_ALL;
import static io.vireo.drivers.afpacket.PacketAbi.PACKET_IGNORE_OUTGOING;
import static io.vireo.drivers.afpacket.PacketAbi.PACKET_LOSS;
import static io.vireo.drivers.afpacket.PacketAbi.PACKET_QDISC_BYPASS;
import static io.vireo.drivers.afpacket.PacketAbi.PACKET_RX_RING;
import static io.vireo.drivers.afpacket.PacketAbi.PACKET_TX_RING;
import static io.vireo.drivers.afpacket.PacketAbi.PACKET_VERSION;
import static io.vireo.drivers.afpacket.PacketAbi.PACKET_VNET_HDR;
import static io.vireo.drivers.afpacket.PacketAbi.SOL_PACKET;

import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.Sockets;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/// Opens a packet socket with rings, bound to an interface: the part that needs CAP_NET_RAW.
public final class AfPacketSocket {
  /// For frames that no slot holds: the kernel doubles it, for some 100 super-segments.
  private static final int LONG_FRAMES_BYTES = 8 << 20;

  private AfPacketSocket() {}

  /// Opens `interfaceName` in this thread's network namespace.
  ///
  /// @return the descriptor (close-on-exec), ready for [AfPacketPort#attach] in any process
  /// @throws LinuxException ENODEV when there is no such interface, EPERM without the privilege
  public static int open(String interfaceName, RingGeometry geometry) throws LinuxException {
    int fd = prepare(geometry);
    try {
      bind(fd, interfaceName, Sockets.interfaceIndex(interfaceName));
      return fd;
    } catch (LinuxException | RuntimeException refused) {
      Descriptors.close(fd);
      throw refused;
    }
  }

  /// Opens several sockets that share what comes, each flow with one of them (PACKET_FANOUT).
  ///
  /// @param queues how many
  /// @return their descriptors, as [#open]
  public static int[] open(String interfaceName, RingGeometry geometry, int queues)
      throws LinuxException {
    if (queues == 1) {
      return new int[] {open(interfaceName, geometry)};
    }
    int index = Sockets.interfaceIndex(interfaceName);
    int[] opened = new int[queues];
    int count = 0;
    try {
      while (count < queues) {
        int fd = prepare(geometry);
        opened[count++] = fd;
        setDeaf(fd, true); // until it is one of them each would get all
        bind(fd, interfaceName, index);
      }
      share(opened);
      for (int fd : opened) {
        setDeaf(fd, false);
      }
      return opened;
    } catch (LinuxException | RuntimeException refused) {
      for (int i = 0; i < count; i++) {
        Descriptors.close(opened[i]);
      }
      throw refused;
    }
  }

  // Protocol 0: nothing is received before the bind names the interface.
  private static int prepare(RingGeometry geometry) throws LinuxException {
    int fd = Sockets.open(AF_PACKET, PacketAbi.SOCK_RAW | PacketAbi.SOCK_CLOEXEC, 0);
    try {
      configure(fd, geometry);
      return fd;
    } catch (LinuxException | RuntimeException refused) {
      Descriptors.close(fd);
      throw refused;
    }
  }

  private static void share(int[] sockets) throws LinuxException {
    int wanted = PacketAbi.PACKET_FANOUT_HASH | PacketAbi.PACKET_FANOUT_FLAG_UNIQUEID;
    Descriptors.setSocketOption(sockets[0], SOL_PACKET, PacketAbi.PACKET_FANOUT, wanted << 16);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment group = arena.allocate(ValueLayout.JAVA_INT);
      Descriptors.getSocketOption(sockets[0], SOL_PACKET, PacketAbi.PACKET_FANOUT, group);
      int id = group.get(ValueLayout.JAVA_INT, 0) & 0xffff;
      int join = PacketAbi.PACKET_FANOUT_HASH << 16 | id;
      for (int i = 1; i < sockets.length; i++) {
        Descriptors.setSocketOption(sockets[i], SOL_PACKET, PacketAbi.PACKET_FANOUT, join);
      }
    }
  }

  /// With a filter (classic BPF) of one instruction: nothing passes.
  private static void setDeaf(int fd, boolean deaf) throws LinuxException {
    if (!deaf) {
      Descriptors.setSocketOption(fd, PacketAbi.SOL_SOCKET, PacketAbi.SO_DETACH_FILTER, 0);
      return;
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment filter = arena.allocate(PacketAbi.SOCK_FILTER_BYTES, Integer.BYTES);
      filter.set(ValueLayout.JAVA_SHORT, 0, (short) PacketAbi.BPF_RET_K);
      MemorySegment program = arena.allocate(PacketAbi.SOCK_FPROG_BYTES, Long.BYTES);
      program.set(ValueLayout.JAVA_SHORT, 0, (short) 1);
      program.set(ValueLayout.JAVA_LONG, PacketAbi.FPROG_FILTER, filter.address());
      Descriptors.setSocketOption(fd, PacketAbi.SOL_SOCKET, PacketAbi.SO_ATTACH_FILTER, program);
    }
  }

  private static void configure(int fd, RingGeometry geometry) throws LinuxException {
    Descriptors.setSocketOption(fd, SOL_PACKET, PACKET_VERSION, PacketAbi.TPACKET_V2);
    Descriptors.setSocketOption(fd, SOL_PACKET, PACKET_VNET_HDR, 1);
    Descriptors.setSocketOption(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, 1);
    Descriptors.setSocketOption(fd, SOL_PACKET, PACKET_QDISC_BYPASS, 1);
    Descriptors.setSocketOption(fd, SOL_PACKET, PACKET_LOSS, 1);
    // What no slot holds (a super-segment) goes whole to the socket's own queue.
    Descriptors.setSocketOption(fd, SOL_PACKET, PacketAbi.PACKET_COPY_THRESH, 1);
    queueBytes(fd, LONG_FRAMES_BYTES);
    ring(fd, PACKET_RX_RING, geometry.receiveSlotBytes(), geometry.receiveSlots());
    ring(fd, PACKET_TX_RING, geometry.transmitSlotBytes(), geometry.transmitSlots());
  }

  /// Past the host's limit (net.core.rmem_max) where CAP_NET_ADMIN is held, else up to it.
  private static void queueBytes(int fd, int bytes) throws LinuxException {
    try {
      Descriptors.setSocketOption(fd, PacketAbi.SOL_SOCKET, PacketAbi.SO_RCVBUFFORCE, bytes);
    } catch (LinuxException unprivileged) {
      Descriptors.setSocketOption(fd, PacketAbi.SOL_SOCKET, PacketAbi.SO_RCVBUF, bytes);
    }
  }

  /// `struct tpacket_req`: block size, block count, frame size, frame count.
  private static void ring(int fd, int option, int slotBytes, int slots) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      int blockBytes = RingGeometry.BLOCK_BYTES;
      MemorySegment request = arena.allocate(PacketAbi.TPACKET_REQ_BYTES, Integer.BYTES);
      request.setAtIndex(ValueLayout.JAVA_INT, 0, blockBytes);
      request.setAtIndex(ValueLayout.JAVA_INT, 1, slots / (blockBytes / slotBytes));
      request.setAtIndex(ValueLayout.JAVA_INT, 2, slotBytes);
      request.setAtIndex(ValueLayout.JAVA_INT, 3, slots);
      Descriptors.setSocketOption(fd, SOL_PACKET, option, request);
    }
  }

  private static void bind(int fd, String interfaceName, int index) throws LinuxException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment address = arena.allocate(PacketAbi.SOCKADDR_LL_BYTES, Integer.BYTES);
      address.set(ValueLayout.JAVA_SHORT, 0, (short) AF_PACKET);
      short protocol = Short.reverseBytes((short) ETH_P_ALL); // network byte order
      address.set(ValueLayout.JAVA_SHORT, PacketAbi.SLL_PROTOCOL, protocol);
      address.set(ValueLayout.JAVA_INT, PacketAbi.SLL_IFINDEX, index);
      Sockets.bind(fd, address, "packet socket to " + interfaceName);
    }
  }
}
