package io.vireo.tests.bench;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.memif.MemifConfig;
import io.vireo.drivers.memif.MemifPort;
import io.vireo.vr.wire.EthernetHeader;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.wire.Ipv4Header;
import io.vireo.vr.wire.NetworkOrder;
import io.vireo.vr.wire.UdpHeader;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;

/// Sends 60-octet UDP frames into one memif interface and counts what comes out of another, on one
/// thread: the client of whoever forwards between the two.
///
/// Prints `sent N received N seconds S` for each second.
public final class MemifGenerator {
  private static final int FRAME_BYTES = 60;
  private static final int BURST = 64;
  private static final int DESTINATIONS = 1 << 20;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final int BUFFERS = 4096;
  private static final int SOURCE = Ipv4Address.of("10.0.0.2");

  // Of the header's words without destination and checksum.
  private static final int CHECKSUM_BASE =
      0x4500 + 46 + 7 + 0x4011 + (SOURCE >>> 16) + (SOURCE & 0xffff);

  private final PacketPool pool;
  private final PacketPool inPool = PacketPool.create(BUFFERS);
  private final MemorySegment memory;
  private final PacketVector vector = new PacketVector();
  private final int[] destinations;
  private final MemifPort out;
  private final MemifPort in;
  private int next;

  private MemifGenerator(Path outSocket, Path inSocket, long mac, int[] destinations)
      throws IOException {
    this.pool = PacketPool.create(BUFFERS);
    this.memory = pool.memory();
    this.destinations = destinations;
    this.out = open("out", outSocket, 0);
    this.in = open("in", inSocket, 1);
    long[] frames = new long[BUFFERS];
    for (int i = 0; i < BUFFERS; i++) { // every free buffer holds a frame, and keeps it
      frames[i] = pool.allocate(FRAME_BYTES);
      write(frames[i], mac);
    }
    for (long frame : frames) {
      pool.free(frame);
    }
  }

  /// @param arguments the sockets of the interface to send to (id 0) and of the one to receive from
  ///   (id 1), the forwarder's Ethernet address in hexadecimal, `one` or `random` destinations, and
  ///   for how many seconds
  public static void main(String[] arguments) throws Exception {
    long mac = Long.parseLong(arguments[2], 16);
    int[] destinations =
        arguments[3].equals("random") ? random() : new int[] {Ipv4Address.of("8.8.8.8")};
    MemifGenerator generator =
        new MemifGenerator(Path.of(arguments[0]), Path.of(arguments[1]), mac, destinations);
    generator.run(Integer.parseInt(arguments[4]));
    System.exit(0);
  }

  private static MemifPort open(String name, Path socket, int id) throws IOException {
    return MemifPort.open(
        new MemifConfig(
            name, MemifConfig.Role.CLIENT, socket, id, "", 0x0200_0000_0002L, 1500, 10, 1));
  }

  private static int[] random() {
    Random random = new Random(1);
    return random
        .ints()
        .filter(address -> !Ipv4Address.isMartianSource(address))
        .filter(address -> address >>> 24 != 10) // the forwarder's own networks
        .limit(DESTINATIONS)
        .toArray();
  }

  private void write(long frame, long mac) {
    long ip = frame + EthernetHeader.BYTES;
    EthernetHeader.write(memory, frame, mac, 0x0200_0000_0002L, EthernetHeader.TYPE_IPV4);
    Ipv4Header.write(memory, ip, 46, 7, 0, 64, Ipv4Header.PROTOCOL_UDP, SOURCE, destinations[0]);
    UdpHeader.write(memory, ip + Ipv4Header.MIN_BYTES, 4000, 9, 26, SOURCE, destinations[0]);
    NetworkOrder.put16(memory, ip + 26, 0); // no checksum: the destination changes
  }

  private void run(int seconds) throws InterruptedException {
    while (!out.linkUp() || !in.linkUp()) {
      Thread.sleep(10);
    }
    long sentBefore = 0;
    long receivedBefore = 0;
    for (int second = 0; second < seconds; second++) {
      long startNs = System.nanoTime();
      while (System.nanoTime() - startNs < SECOND_NS) {
        for (int turn = 0; turn < 64; turn++) {
          turn();
        }
      }
      double took = (System.nanoTime() - startNs) / (double) SECOND_NS;
      long sent = out.statistics().sentFrames;
      long received = in.statistics().receivedFrames;
      System.out.printf(
          Locale.ROOT,
          "sent %d received %d seconds %.6f%n",
          sent - sentBefore,
          received - receivedBefore,
          took);
      sentBefore = sent;
      receivedBefore = received;
    }
  }

  private void turn() {
    for (int i = 0; i < BURST; i++) {
      long frame = pool.allocate(FRAME_BYTES);
      address(frame + EthernetHeader.BYTES);
      vector.push(frame, FRAME_BYTES);
    }
    out.transmit(vector, pool);
    while (in.receive(vector, inPool, 0) > 0) {
      inPool.freeAll(vector);
    }
  }

  private void address(long ip) {
    int destination = destinations[next];
    next = next + 1 & destinations.length - 1;
    int sum = CHECKSUM_BASE + (destination >>> 16) + (destination & 0xffff);
    sum = (sum & 0xffff) + (sum >>> 16);
    sum = (sum & 0xffff) + (sum >>> 16);
    NetworkOrder.put16(memory, ip + 10, ~sum);
    NetworkOrder.put32(memory, ip + 2 * Long.BYTES, destination);
  }
}
