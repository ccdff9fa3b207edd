package io.vireo.drivers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;

class InternetChecksumTest {
  private final MemorySegment memory = Arena.ofAuto().allocate(2048, 8);

  @Test
  void rfc1071Example_sum_isDdf2() {
    byte[] example = {
      0x00, 0x01, (byte) 0xf2, 0x03, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7
    };
    MemorySegment.copy(example, 0, memory, ValueLayout.JAVA_BYTE, 0, example.length);
    int sum = InternetChecksum.fold(InternetChecksum.sum(memory, 0, example.length));
    assertEquals(0xddf2, Short.toUnsignedInt(Short.reverseBytes((short) sum)));
  }

  @Test
  void randomBytes_everyLengthAndOffset_agreeWithTheDefinition() {
    Random random = new Random(1);
    for (int round = 0; round < 2_000; round++) {
      int offset = random.nextInt(16);
      int length = random.nextInt(1600);
      long expected = 0;
      for (int i = 0; i < length; i++) {
        byte value = (byte) random.nextInt();
        memory.set(ValueLayout.JAVA_BYTE, offset + i, value);
        expected += (i % 2 == 0 ? 256L : 1L) * (value & 0xff);
      }
      while (expected > 0xffff) {
        expected = (expected >>> 16) + (expected & 0xffff);
      }
      int sum = InternetChecksum.fold(InternetChecksum.sum(memory, offset, length));
      assertEquals(expected, Short.toUnsignedInt(Short.reverseBytes((short) sum)));
    }
  }

  @Test
  void randomChange_update_equalsSummingAnew() {
    Random random = new Random(2);
    ValueLayout.OfShort big = ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    for (int round = 0; round < 10_000; round++) {
      for (int i = 0; i < 20; i += 4) {
        memory.set(ValueLayout.JAVA_INT, i, random.nextInt(3) == 0 ? 0 : random.nextInt());
      }
      memory.set(big, 10, (short) 0);
      InternetChecksum.store(memory, 10, InternetChecksum.sum(memory, 0, 20));
      int before = memory.get(big, 8) & 0xffff;
      int after = random.nextInt(0x10000);
      memory.set(big, 8, (short) after);
      InternetChecksum.update16(memory, 10, before, after);
      assertEquals(0xffff, InternetChecksum.fold(InternetChecksum.sum(memory, 0, 20)) | 0);
    }
  }
}
