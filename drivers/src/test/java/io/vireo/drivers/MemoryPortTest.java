package io.vireo.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.vireo.drivers.memory.MemoryPort;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class MemoryPortTest {
  @Test
  void twoPools_frame_isCopiedAndBothPoolsBalance() throws Exception {
    try (PacketPool left = PacketPool.create(8);
        PacketPool right = PacketPool.create(8)) {
      MemoryPort[] wire = MemoryPort.wire("a", 1, "b", 2, 1500);
      PacketVector vector = new PacketVector();
      long frame = left.allocate();
      left.memory().set(ValueLayout.JAVA_BYTE, frame, (byte) 42);
      vector.add(frame, 60, 0);
      wire[0].transmit(vector, left);
      assertEquals(1, wire[1].receive(vector, right, 3));
      assertEquals(left.capacity(), left.available());
      assertEquals(42, right.memory().get(ValueLayout.JAVA_BYTE, vector.offset(0)));
      assertEquals(3, vector.interfaceIndex(0));
      right.freeAll(vector);
      assertEquals(right.capacity(), right.available());
    }
  }

  @Test
  void emptyPool_allocate_isRefusedUntilFreed() throws Exception {
    try (PacketPool pool = PacketPool.create(1)) {
      long only = pool.allocate();
      assertEquals(-1, pool.allocate());
      pool.free(only + 100); // any offset inside names the buffer
      assertNotEquals(-1, pool.allocate());
    }
  }

  @Test
  void pulledWire_transmit_dropsAndCounts() throws Exception {
    try (PacketPool pool = PacketPool.create(4)) {
      MemoryPort[] wire = MemoryPort.wire("a", 1, "b", 2, 1500);
      wire[1].setLinkUp(false);
      PacketVector vector = new PacketVector();
      vector.add(pool.allocate(), 60, 0);
      wire[0].transmit(vector, pool);
      assertEquals(1, wire[0].statistics().transmitDrops);
      assertEquals(4, pool.available());
    }
  }
}
