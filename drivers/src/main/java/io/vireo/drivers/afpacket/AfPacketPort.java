package io.vireo.drivers.afpacket;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.Port;
import io.vireo.drivers.PortStatistics;
import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.MemoryMapping;
import io.vireo.drivers.linux.VectorCalls;
import java.lang.foreign.MemorySegment;

/// A port on the rings of a packet socket that [AfPacketSocket] opened.
public final class AfPacketPort implements Port {
  private final String name;
  private final int fd;
  private final MemoryMapping mapping;
  private final ReceiveRing receiveRing;
  private final TransmitRing transmitRing;
  private final PortStatistics statistics = new PortStatistics();
  private final VectorCalls calls = new VectorCalls();
  private final DeviceQueries device;
  private final long mac;
  private final int mtuBytes;
  private boolean linkUp;

  private AfPacketPort(String name, int fd, RingGeometry geometry, MemoryMapping mapping)
      throws LinuxException {
    this.name = name;
    this.fd = fd;
    this.mapping = mapping;
    this.device = new DeviceQueries(fd);
    this.mac = device.mac();
    this.mtuBytes = device.mtuBytes();
    this.linkUp = device.linkUp();
    MemorySegment rings = mapping.segment();
    this.receiveRing = new ReceiveRing(fd, rings, geometry, statistics, calls);
    this.transmitRing = new TransmitRing(rings, geometry, statistics);
  }

  /// Maps the rings of `fd` and takes the descriptor over.
  ///
  /// @param name the port's name in the device tree
  /// @param geometry what the socket was opened with
  public static AfPacketPort attach(String name, int fd, RingGeometry geometry)
      throws LinuxException {
    MemoryMapping mapping =
        MemoryMapping.shared(fd, geometry.receiveBytes() + geometry.transmitBytes());
    try {
      return new AfPacketPort(name, fd, geometry, mapping);
    } catch (LinuxException | RuntimeException refused) {
      mapping.close();
      throw refused;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public long mac() {
    return mac;
  }

  @Override
  public int mtuBytes() {
    return mtuBytes;
  }

  @Override
  public boolean linkUp() {
    return linkUp;
  }

  @Override
  public int receive(PacketVector vector, PacketPool pool, int receivingInterface) {
    return receiveRing.receive(vector, pool, receivingInterface);
  }

  @Override
  public void transmit(PacketVector vector, PacketPool pool) {
    if (transmitRing.fill(vector, pool) > 0) {
      calls.kick(fd); // what the device refuses stays requested and goes with the next kick
    }
  }

  @Override
  public int pollDescriptor() {
    return fd;
  }

  @Override
  public boolean hasPending() {
    return receiveRing.hasPending();
  }

  @Override
  public boolean refresh() {
    device.clearError();
    linkUp = device.linkUp();
    if (transmitRing.hasUnsent()) {
      calls.kick(fd);
    }
    return true;
  }

  @Override
  public boolean isLinkAnnounced() {
    return true;
  }

  @Override
  public PortStatistics statistics() {
    statistics.receiveDrops += device.takeKernelDrops();
    return statistics;
  }

  @Override
  public void close() {
    mapping.close();
    Descriptors.close(fd);
  }
}
