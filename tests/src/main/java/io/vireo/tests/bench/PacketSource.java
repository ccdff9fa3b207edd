package io.vireo.tests.bench;

import io.vireo.drivers.InternetChecksum;
import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.afpacket.AfPacketPort;
import io.vireo.drivers.afpacket.AfPacketSocket;
import io.vireo.drivers.afpacket.RingGeometry;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.HexFormat;

/// Sends UDP frames out of a device, at a rate or as fast as it takes them, from many source ports,
/// and prints how many it sent.
///
/// ```text
/// PacketSource DEVICE GATEWAY-MAC SOURCE DESTINATION FRAME-OCTETS SECONDS [PACKETS-A-SECOND]
/// ```
public final class PacketSource {
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
  private static final int FLOWS = 1024;
  private static final int BURST = 32;
  private static final int ETHERNET_BYTES = 14;
  private static final int IPV4_BYTES = 20;
  private static final int UDP_BYTES = 8;

  private PacketSource() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 6 && args.length != 7) {
      System.err.println(
          "usage: PacketSource DEVICE GATEWAY-MAC SOURCE DESTINATION FRAME-OCTETS SECONDS"
              + " [PACKETS-A-SECOND]");
      System.exit(2);
    }
    int frameBytes = Integer.parseInt(args[4]);
    double seconds = Double.parseDouble(args[5]);
    long rate = args.length < 7 ? 0 : Long.parseLong(args[6]);
    RingGeometry geometry = RingGeometry.STANDARD;
    try (PacketPool pool = PacketPool.create(1024);
        AfPacketPort port =
            AfPacketPort.attach(args[0], AfPacketSocket.open(args[0], geometry), geometry)) {
      byte[] frame = frame(port.mac(), mac(args[1]), ipv4(args[2]), ipv4(args[3]), frameBytes);
      System.out.println("sent " + send(port, pool, MemorySegment.ofArray(frame), seconds, rate));
    }
  }

  // At a rate, a few frames at a time: what has to wait for more than a vector is not the source's.
  //
  // @param rate packets a second, 0: as many as go
  private static long send(
      AfPacketPort port, PacketPool pool, MemorySegment frame, double seconds, long rate) {
    PacketVector vector = new PacketVector();
    int flow = 0;
    long startNs = System.nanoTime();
    long endNs = startNs + (long) (seconds * 1e9);
    long due = 0;
    for (long nowNs = startNs; nowNs < endNs; nowNs = System.nanoTime()) {
      int count = vector.remaining();
      if (rate > 0) {
        long wanted = (long) ((nowNs - startNs) / 1e9 * rate);
        count = (int) Math.min(BURST, wanted - due);
        due += count;
      }
      if (count == 0) {
        Thread.onSpinWait();
        continue;
      }
      for (int i = 0; i < count; i++) {
        long offset = pool.allocate();
        MemorySegment.copy(frame, 0, pool.memory(), offset, frame.byteSize());
        // No UDP checksum (RFC 768), so a port may change alone.
        pool.memory().set(U16, offset + ETHERNET_BYTES + IPV4_BYTES, (short) (1024 + flow));
        flow = (flow + 1) % FLOWS;
        vector.add(offset, (int) frame.byteSize(), 0);
      }
      port.transmit(vector, pool);
    }
    return port.statistics().sentFrames;
  }

  private static byte[] frame(long source, long gateway, int from, int to, int frameBytes) {
    byte[] bytes = new byte[frameBytes];
    MemorySegment frame = MemorySegment.ofArray(bytes);
    frame.set(U16, 0, (short) (gateway >>> 32));
    frame.set(U32, 2, (int) gateway);
    frame.set(U16, 6, (short) (source >>> 32));
    frame.set(U32, 8, (int) source);
    frame.set(U16, 12, (short) 0x0800);
    int ip = ETHERNET_BYTES;
    frame.set(U16, ip, (short) 0x4500);
    frame.set(U16, ip + 2, (short) (frameBytes - ETHERNET_BYTES));
    frame.set(U16, ip + 8, (short) 0x4011);
    frame.set(U32, ip + 12, from);
    frame.set(U32, ip + 16, to);
    InternetChecksum.store(frame, ip + 10, InternetChecksum.sum(frame, ip, IPV4_BYTES));
    int udp = ip + IPV4_BYTES;
    frame.set(U16, udp + 2, (short) 9);
    frame.set(U16, udp + 4, (short) (frameBytes - udp));
    assert frameBytes >= udp + UDP_BYTES;
    return bytes;
  }

  private static long mac(String text) {
    return HexFormat.fromHexDigitsToLong(text.replace(":", ""));
  }

  private static int ipv4(String text) {
    int address = 0;
    for (String octet : text.split("\\.")) {
      address = address << 8 | Integer.parseInt(octet);
    }
    return address;
  }
}
