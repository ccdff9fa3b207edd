package io.vireo.drivers.memif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.linux.DescriptorPassing;
import io.vireo.drivers.linux.Descriptors;
import io.vireo.drivers.linux.Errno;
import io.vireo.drivers.linux.EventDescriptor;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.MemoryMapping;
import io.vireo.drivers.linux.SharedMemory;
import io.vireo.drivers.linux.UnixSocket;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A peer that means harm: whatever it writes, the router neither ends nor reads beyond the memory
/// that it was given.
class MemifHostileTest {
  private static final int LOG2 = 6;
  private static final int SIZE = 1 << LOG2;
  private static final long REGION_BYTES = 1 << 20;
  private static final long WAIT_NS = 10_000_000_000L;

  @TempDir Path directory;
  private PacketPool pool;
  private MemifPort server;
  private UnixSocket socket;
  private MemorySegment memory = Arena.ofAuto().allocate(REGION_BYTES, MemifRing.ALIGNMENT);
  private MemifRing toServer = new MemifRing(memory, 0, LOG2);
  private MemifRing toClient = new MemifRing(memory, 4096, LOG2);

  @BeforeEach
  void open() throws IOException {
    pool = PacketPool.create(1024);
    Path path = directory.resolve("memif.sock");
    server =
        MemifPort.open(
            new MemifConfig("port", MemifConfig.Role.SERVER, path, 0, "", 1, 1500, LOG2, 1));
    socket = UnixSocket.connect(path, UnixSocket.Type.SEQPACKET);
    socket.setTimeoutMs(5_000);
    assertInstanceOf(MemifMessage.Hello.class, answer());
  }

  @AfterEach
  void close() {
    socket.close();
    server.close();
    assertEquals(pool.capacity(), pool.available());
    pool.close();
  }

  private MemifMessage answer() throws LinuxException {
    ByteBuffer bytes = ByteBuffer.allocate(MemifMessage.BYTES);
    DescriptorPassing.Received received = socket.receive(bytes, 0);
    if (received.lengthBytes() < 0) {
      return new MemifMessage.Disconnect("closed");
    }
    try {
      return MemifMessage.parse(bytes.flip());
    } catch (MemifMessage.Malformed malformed) {
      throw new AssertionError(malformed);
    }
  }

  private MemifMessage tell(MemifMessage message, int... descriptors) throws LinuxException {
    socket.write(message.emit("hostile"), descriptors);
    return answer();
  }

  private void init() throws LinuxException {
    MemifMessage init = new MemifMessage.Init(MemifMessage.VERSION, 0, 0, "");
    assertInstanceOf(MemifMessage.Ack.class, tell(init));
  }

  private void connect() throws Exception {
    init();
    int fd = SharedMemory.create("hostile", REGION_BYTES);
    memory = MemoryMapping.shared(fd, REGION_BYTES).segment();
    toServer = new MemifRing(memory, 0, LOG2);
    toClient = new MemifRing(memory, 4096, LOG2);
    toServer.initialize();
    toClient.initialize();
    assertInstanceOf(MemifMessage.Ack.class, tell(new MemifMessage.AddRegion(0, REGION_BYTES), fd));
    Descriptors.close(fd);
    try (EventDescriptor one = EventDescriptor.open();
        EventDescriptor other = EventDescriptor.open()) {
      tell(new MemifMessage.AddRing(true, 0, 0, 0, LOG2), one.fd());
      tell(new MemifMessage.AddRing(false, 0, 0, 4096, LOG2), other.fd());
    }
    assertInstanceOf(MemifMessage.Connected.class, tell(new MemifMessage.Connect("hostile")));
    long untilNs = System.nanoTime() + WAIT_NS;
    while (!server.linkUp() && System.nanoTime() < untilNs) {
      Thread.onSpinWait();
    }
    assertTrue(server.linkUp());
  }

  private void assertRefused(String why, MemifMessage answer) {
    assertEquals(why, assertInstanceOf(MemifMessage.Disconnect.class, answer).reason());
  }

  @Test
  void regionLongerThanItsMemory_isRefused() throws Exception {
    init();
    int fd = SharedMemory.create("short", 4096);
    assertRefused(
        "the region's memory is shorter than 8192", tell(new MemifMessage.AddRegion(0, 8192), fd));
    Descriptors.close(fd);
  }

  @Test
  void memoryThatCanShrink_isRefused() throws Exception {
    init();
    try (EventDescriptor anyFile = EventDescriptor.open()) {
      assertRefused(
          "the region's memory is not sealed against shrinking",
          tell(new MemifMessage.AddRegion(0, 4096), anyFile.fd()));
    }
  }

  @Test
  void ringBeyondItsRegion_isRefused() throws Exception {
    init();
    int fd = SharedMemory.create("small", 4096);
    tell(new MemifMessage.AddRegion(0, 4096), fd);
    Descriptors.close(fd);
    try (EventDescriptor signal = EventDescriptor.open()) {
      assertRefused(
          "a ring of 2^10 descriptors at 0, which does not lie in its region",
          tell(new MemifMessage.AddRing(true, 0, 0, 0, 10), signal.fd()));
    }
  }

  @Test
  void messageOutOfOrder_isRefused() throws Exception {
    assertRefused(
        "ring 0 to the server is missing; the port has 1 queue",
        tell(new MemifMessage.Connect("at once")));
  }

  @Test
  void randomMessages_serverTakesTheNextClient() throws Exception {
    Random random = new Random(7);
    for (int round = 0; round < 30; round++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      noise[0] = (byte) random.nextInt(10);
      try {
        socket.write(ByteBuffer.wrap(noise));
        answer();
      } catch (LinuxException gone) {
        assertTrue(gone.errno() != Errno.EUNKNOWN, gone::toString);
      }
      socket.close();
      socket = UnixSocket.connect(directory.resolve("memif.sock"), UnixSocket.Type.SEQPACKET);
      socket.setTimeoutMs(5_000);
      assertInstanceOf(MemifMessage.Hello.class, answer());
    }
    connect();
  }

  private void expectFault() throws InterruptedException {
    PacketVector vector = new PacketVector();
    server.receive(vector, pool, 1);
    pool.freeAll(vector);
    assertFalse(server.linkUp());
    String reason = server.linkReason();
    assertTrue(reason != null && reason.startsWith("the peer broke the rules"), reason);
  }

  @Test
  void headBeyondTheRing_endsTheLink() throws Exception {
    connect();
    toServer.setHead(SIZE + 1);
    expectFault();
  }

  @Test
  void packetBeyondItsRegion_endsTheLink() throws Exception {
    connect();
    toServer.setWord(toServer.descriptor(0), 0, 0, 100);
    toServer.setOffset(toServer.descriptor(0), REGION_BYTES - 99);
    toServer.setHead(1);
    expectFault();
  }

  @Test
  void packetInNoRegion_endsTheLink() throws Exception {
    connect();
    toServer.setWord(toServer.descriptor(0), 0, 5, 100);
    toServer.setHead(1);
    expectFault();
  }

  @Test
  void packetThatDoesNotEnd_endsTheLink() throws Exception {
    connect();
    for (int i = 0; i < SIZE; i++) {
      toServer.setWord(toServer.descriptor(i), MemifRing.FLAG_NEXT, 0, 10);
    }
    toServer.setHead(SIZE);
    expectFault();
  }

  @Test
  void packetInPieces_isPutTogether() throws Exception {
    connect();
    for (int i = 0; i < 3; i++) {
      int flags = i < 2 ? MemifRing.FLAG_NEXT : 0;
      toServer.setWord(toServer.descriptor(i), flags, 0, 30);
      toServer.setOffset(toServer.descriptor(i), 10_000 + 1_000L * i);
      memory.set(ValueLayout.JAVA_BYTE, 10_000 + 1_000L * i, (byte) (i + 1));
    }
    toServer.setHead(3);
    PacketVector vector = new PacketVector();
    assertEquals(1, server.receive(vector, pool, 1));
    assertEquals(90, vector.length(0));
    for (int i = 0; i < 3; i++) {
      long at = vector.offset(0) + 30L * i;
      assertEquals(i + 1, pool.memory().get(ValueLayout.JAVA_BYTE, at));
    }
    assertEquals(3, toServer.tail());
    pool.freeAll(vector);
  }

  @Test
  void bufferBeyondItsRegion_isNotWrittenTo() throws Exception {
    connect();
    toClient.setWord(toClient.descriptor(0), 0, 0, 2048);
    toClient.setOffset(toClient.descriptor(0), REGION_BYTES - 60);
    toClient.setHead(1);
    PacketVector vector = new PacketVector();
    vector.push(pool.allocate(60), 60);
    server.transmit(vector, pool);
    assertFalse(server.linkUp());
    assertEquals(0, server.statistics().sentFrames);
    assertEquals(1, server.statistics().transmitDrops);
  }

  @Test
  void randomRings_nothingIsLostButPackets() throws Exception {
    Random random = new Random(11);
    connect();
    PacketVector vector = new PacketVector();
    for (int round = 0; round < 20_000; round++) {
      for (int i = 0; i < SIZE; i++) {
        boolean mad = random.nextInt(1000) == 0;
        int length = mad ? random.nextInt() : random.nextInt(2048);
        toServer.setWord(toServer.descriptor(i), random.nextInt(8) == 0 ? 1 : 0, 0, length);
        long offset = mad ? random.nextInt() : 10_000 + random.nextInt(1 << 19);
        toServer.setOffset(toServer.descriptor(i), offset);
      }
      toServer.setHead(toServer.tail() + random.nextInt(SIZE));
      server.receive(vector, pool, 1);
      pool.freeAll(vector);
      if (!server.linkUp()) {
        break; // it was found out
      }
    }
    assertEquals(pool.capacity(), pool.available());
  }
}
