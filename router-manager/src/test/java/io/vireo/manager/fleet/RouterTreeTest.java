package io.vireo.manager.fleet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.vireo.wire.Bytes;
import io.vireo.wire.cbor.CborWriter;
import org.junit.jupiter.api.Test;

class RouterTreeTest {
  private static Bytes id(int value) {
    byte[] id = new byte[32];
    id[0] = (byte) value;
    id[1] = (byte) (value >> 8);
    return Bytes.wrap(id);
  }

  // {1: value}
  private static byte[] tree(long value) {
    CborWriter out = new CborWriter();
    out.startMap(1);
    out.writeLong(1);
    out.writeLong(value);
    return out.toByteArray();
  }

  // [[[1], value]]
  private static byte[] put(long value) {
    CborWriter out = new CborWriter();
    out.startArray(1);
    out.startArray(2);
    out.startArray(1);
    out.writeLong(1);
    out.writeLong(value);
    return out.toByteArray();
  }

  @Test
  void patched_manyTimes_isTheWholeOfTheLast() {
    RouterTree tree = RouterTree.whole(id(0), tree(0));
    for (int i = 1; i <= 500; i++) {
      tree = tree.patched(id(i), put(i));
    }
    assertArrayEquals(tree(500), tree.bytes());
    assertEquals(id(500), tree.id());
  }

  @Test
  void since_itsBaseAlone_isThePatch() {
    RouterTree first = RouterTree.whole(id(1), tree(1));
    RouterTree second = first.patched(id(2), put(2));

    assertNull(first.since(id(0)));
    assertNull(second.since(id(0)));
    assertNull(second.since(Bytes.of()));
    assertArrayEquals(put(2), second.since(id(1)));
    second.bytes();
    assertNotNull(second.since(id(1)), "also when the whole was made");
  }

  @Test
  void since_ofALongPatch_theWholeIsSent() {
    CborWriter text = new CborWriter();
    text.startArray(1);
    text.startArray(2);
    text.startArray(1);
    text.writeLong(1);
    text.writeBytes(new byte[100_000]);
    RouterTree tree = RouterTree.whole(id(1), tree(1)).patched(id(2), text.toByteArray());

    assertNull(tree.since(id(1)));
  }
}
