package io.vireo.drivers.memif;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.drivers.PacketPool;
import io.vireo.drivers.PacketVector;
import io.vireo.drivers.Port;
import io.vireo.drivers.linux.PollSet;
import io.vireo.drivers.linux.UnixSocket;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two ports of one process, talking through shared memory.
class MemifPortTest {
  private static final long WAIT_NS = 10_000_000_000L;

  @TempDir Path directory;
  private PacketPool pool;
  private MemifPort server;
  private MemifPort client;
  private final PacketVector vector = new PacketVector();

  @BeforeEach
  void open() throws IOException {
    pool = PacketPool.create(2048);
    server = MemifPort.open(config("server", MemifConfig.Role.SERVER, 7, "word"));
    client = MemifPort.open(config("client", MemifConfig.Role.CLIENT, 7, "word"));
  }

  @AfterEach
  void close() {
    client.close();
    server.close();
    assertEquals(pool.capacity(), pool.available());
    pool.close();
  }

  private MemifConfig config(String name, MemifConfig.Role role, int id, String secret) {
    Path socket = directory.resolve("memif.sock");
    return new MemifConfig(name, role, socket, id, secret, 0x0200_0000_0001L, 1500, 6, 1);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long untilNs = System.nanoTime() + WAIT_NS;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < untilNs, "waited in vain");
      Thread.sleep(1);
    }
  }

  private void up() throws InterruptedException {
    await(() -> server.linkUp() && client.linkUp());
  }

  private void send(Port from, int count, int length, int mark) {
    for (int i = 0; i < count; i++) {
      long frame = pool.allocate(length);
      for (int at = 0; at < length; at++) {
        pool.memory().set(ValueLayout.JAVA_BYTE, frame + at, (byte) (mark + i + at));
      }
      vector.push(frame, length);
    }
    from.transmit(vector, pool);
  }

  private void expect(Port at, int count, int length, int mark) {
    PacketVector got = new PacketVector();
    assertEquals(count, at.receive(got, pool, 3));
    for (int i = 0; i < count; i++) {
      assertEquals(length, got.length(i));
      assertEquals(3, got.interfaceIndex(i));
      for (int byteAt = 0; byteAt < length; byteAt++) {
        assertEquals(
            (byte) (mark + i + byteAt),
            pool.memory().get(ValueLayout.JAVA_BYTE, got.offset(i) + byteAt));
      }
    }
    pool.freeAll(got);
  }

  @Test
  void frames_bothWays_arriveWhole() throws Exception {
    up();
    for (int round = 0; round < 50; round++) { // round and round the ring of 64
      for (int length : new int[] {14, 60, 61, 128, 129, 1514}) {
        send(client, 20, length, round);
        expect(server, 20, length, round);
        send(server, 20, length, round + 1);
        expect(client, 20, length, round + 1);
      }
    }
  }

  /// The ends of a link are given a conversation in the place of a path.
  @Test
  void conversationGiven_isTheLink_andItsEndTheLinksEnd() throws Exception {
    UnixSocket[] ends = UnixSocket.pair(UnixSocket.Type.SEQPACKET);
    MemifPort left = MemifPort.open(joined("left", MemifConfig.Role.SERVER), ends[0]);
    MemifPort right = MemifPort.open(joined("right", MemifConfig.Role.CLIENT), ends[1]);
    await(() -> left.linkUp() && right.linkUp());
    send(left, 20, 60, 1);
    expect(right, 20, 60, 1);
    send(right, 20, 1514, 2);
    expect(left, 20, 1514, 2);
    right.close();
    await(() -> !left.linkUp());
    assertEquals("the peer is gone", left.linkReason());
    left.close();
  }

  @Test
  void conversationGiven_butNobodyThere_isNoLink() throws Exception {
    UnixSocket[] ends = UnixSocket.pair(UnixSocket.Type.SEQPACKET);
    ends[1].close();
    MemifPort left = MemifPort.open(joined("left", MemifConfig.Role.CLIENT), ends[0]);
    await(() -> left.linkReason() != null);
    assertFalse(left.linkUp());
    left.close();
  }

  private static MemifConfig joined(String name, MemifConfig.Role role) {
    return joined(name, role, 1);
  }

  private static MemifConfig joined(String name, MemifConfig.Role role, int queues) {
    return new MemifConfig(name, role, null, 0, "", 0x0200_0000_0001L, 1500, 6, queues);
  }

  @Test
  void severalQueues_eachHasItsRings() throws Exception {
    UnixSocket[] ends = UnixSocket.pair(UnixSocket.Type.SEQPACKET);
    MemifPort left = MemifPort.open(joined("left", MemifConfig.Role.SERVER, 3), ends[0]);
    MemifPort right = MemifPort.open(joined("right", MemifConfig.Role.CLIENT, 3), ends[1]);
    await(() -> left.linkUp() && right.linkUp());
    for (int queue = 0; queue < 3; queue++) {
      for (int round = 0; round < 10; round++) {
        send(left.queue(queue), 20, 60, queue);
        expect(right.queue(queue), 20, 60, queue);
        send(right.queue(queue), 20, 1514, queue + round);
        expect(left.queue(queue), 20, 1514, queue + round);
      }
    }
    // As one: from all in turn, by the first.
    send(right.queue(1), 5, 60, 1);
    expect(left, 5, 60, 1);
    send(right.queue(2), 5, 60, 2);
    assertTrue(left.hasPending());
    expect(left, 5, 60, 2);
    send(left, 5, 60, 3);
    expect(right.queue(0), 5, 60, 3);
    assertEquals(10, left.statistics().receivedFrames - 3 * 200);
    // Nobody's memory goes while a queue has not looked.
    right.close();
    await(() -> !left.linkUp());
    for (int queue = 0; queue < 3; queue++) {
      send(left.queue(queue), 1, 60, 0);
      assertEquals(1, left.queue(queue).statistics().transmitDrops);
    }
    left.close();
  }

  @Test
  void queuesThatDiffer_areRefusedWithAReason() throws Exception {
    UnixSocket[] ends = UnixSocket.pair(UnixSocket.Type.SEQPACKET);
    MemifPort left = MemifPort.open(joined("left", MemifConfig.Role.SERVER, 2), ends[0]);
    MemifPort right = MemifPort.open(joined("right", MemifConfig.Role.CLIENT, 3), ends[1]);
    await(() -> right.linkReason() != null);
    assertEquals("the server takes 2 queues, this port has 3", right.linkReason());
    left.close();
    right.close();
    ends = UnixSocket.pair(UnixSocket.Type.SEQPACKET);
    MemifPort many = MemifPort.open(joined("left", MemifConfig.Role.SERVER, 2), ends[0]);
    MemifPort one = MemifPort.open(joined("right", MemifConfig.Role.CLIENT, 1), ends[1]);
    await(() -> one.linkReason() != null);
    assertEquals(
        "the server refused: ring 1 to the server is missing; the port has 2 queues",
        one.linkReason());
    many.close();
    one.close();
  }

  @Test
  void fullRing_rest_isDroppedAndCounted() throws Exception {
    up();
    send(client, 100, 60, 0);
    assertEquals(64, client.statistics().sentFrames);
    assertEquals(36, client.statistics().transmitDrops);
    expect(server, 64, 60, 0);
    send(client, 10, 60, 5);
    expect(server, 10, 60, 5);
  }

  @Test
  void sleeper_isSignalled() throws Exception {
    up();
    send(client, 1, 60, 0);
    expect(server, 1, 60, 0); // it polls now
    assertFalse(server.hasPending()); // and is about to sleep
    PollSet sleepers = new PollSet();
    sleepers.add(server.pollDescriptor());
    assertEquals(0, sleepers.await(0));
    send(client, 1, 60, 9);
    assertEquals(1, sleepers.await(5_000));
    expect(server, 1, 60, 9);
    assertFalse(server.hasPending());
    assertEquals(0, sleepers.await(0));
  }

  @Test
  void peerGoesAndReturns_linkFollows() throws Exception {
    up();
    client.close();
    await(() -> !server.linkUp());
    send(server, 3, 60, 0);
    assertEquals(3, server.statistics().transmitDrops);
    client = MemifPort.open(config("client", MemifConfig.Role.CLIENT, 7, "word"));
    up();
    send(client, 5, 60, 1);
    expect(server, 5, 60, 1);
  }

  @Test
  void serverRestarts_clientComesAgain() throws Exception {
    up();
    server.close();
    await(() -> !client.linkUp());
    server = MemifPort.open(config("server", MemifConfig.Role.SERVER, 7, "word"));
    up();
    send(server, 5, 60, 1);
    expect(client, 5, 60, 1);
  }

  @Test
  void wrongSecretOrNumber_isRefusedWithAReason() throws Exception {
    up();
    client.close();
    client = MemifPort.open(config("client", MemifConfig.Role.CLIENT, 7, "other"));
    await(() -> client.linkReason() != null);
    assertEquals("the server refused: the secret is wrong", client.linkReason());
    client.close();
    client = MemifPort.open(config("client", MemifConfig.Role.CLIENT, 8, "word"));
    await(() -> client.linkReason() != null);
    assertEquals("the server refused: no interface 8; here is 7", client.linkReason());
    assertFalse(server.linkUp());
  }

  @Test
  void closedServer_socketFile_isGone() {
    server.close();
    assertFalse(Files.exists(directory.resolve("memif.sock")));
  }
}
