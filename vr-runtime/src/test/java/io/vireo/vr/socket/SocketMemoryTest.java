package io.vireo.vr.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/// What sockets may hold, and queues that grow in it.
class SocketMemoryTest {
  private final SocketMemory memory = new SocketMemory(64 * 1024);
  private final MemorySegment bytes = MemorySegment.ofArray(new byte[1472]);

  @Test
  void oneUser_takesHalf_anotherTheRest_closeGivesAllBack() {
    SocketMemory.Share alice = memory.shareOf("alice");
    SocketMemory.Share also = memory.shareOf("alice");
    SocketMemory.Share bob = memory.shareOf("bob");
    assertTrue(alice.take(30 * 1024));
    assertFalse(also.take(4 * 1024));
    assertTrue(bob.take(32 * 1024));
    alice.close();
    alice.close();
    assertTrue(also.take(4 * 1024));
    assertFalse(alice.take(1));
    also.close();
    bob.close();
    assertEquals(0, memory.usedBytes());
  }

  @Test
  void queue_untouched_holdsNothing_thenGrowsAndKeepsOrder() {
    SocketMemory.Share share = memory.shareOf("alice");
    DatagramQueue queue = new DatagramQueue(1 << 14, share);
    assertEquals(0, memory.usedBytes());
    int put = 0;
    while (put(queue, put) == DatagramQueue.Put.QUEUED) {
      put++;
    }
    assertEquals(DatagramQueue.Put.FULL, put(queue, 0));
    for (int i = 0; i < put; i++) {
      Datagram taken = queue.take();
      assertNotNull(taken);
      assertEquals(i, taken.ttl());
    }
    assertNull(queue.take());
    assertTrue(queue.isEmpty());
    assertEquals(1 << 14, memory.usedBytes()); // the smaller rings are given back
    assertEquals(DatagramQueue.Put.QUEUED, put(queue, 0));
    share.close();
  }

  @Test
  void queue_ofUserWithoutMemory_saysSo() {
    SocketMemory.Share share = memory.shareOf("alice");
    assertTrue(share.take(32 * 1024));
    assertEquals(
        DatagramQueue.Put.NO_MEMORY, put(new DatagramQueue(1 << 18, memory.shareOf("alice")), 1));
  }

  private DatagramQueue.Put put(DatagramQueue queue, int ttl) {
    return queue.put(bytes, 0, 1472, 1, 2, 3, 4, ttl);
  }
}
