package io.vireo.vr.fib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.vr.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// What is replaced is used again only when no reader can hold it.
class EpochsTest {
  private final Epochs epochs = new Epochs();
  private final List<Integer> free = new ArrayList<>();
  private final Retired retired = new Retired(epochs, free::add);

  private void retire(int number) {
    retired.add(number);
    retired.collect();
  }

  @Test
  void noReader_isFreeAtOnce() {
    retire(1);
    retire(2);
    assertEquals(List.of(1, 2), free);
  }

  @Test
  void readerInATurn_keepsItUntilTheNext() {
    Epochs.Reader reader = epochs.open();
    reader.turn();
    retire(1);
    retired.collect();
    assertEquals(List.of(), free);
    reader.turn();
    retired.collect();
    assertEquals(List.of(1), free);
  }

  @Test
  void everyReader_mustHaveLetGo() {
    Epochs.Reader one = epochs.open();
    Epochs.Reader other = epochs.open();
    one.turn();
    other.turn();
    retire(1);
    one.turn();
    retired.collect();
    assertEquals(List.of(), free);
    other.rest();
    retired.collect();
    assertEquals(List.of(1), free);
    retire(2);
    one.close();
    retired.collect();
    assertEquals(List.of(1, 2), free);
  }

  /// What is retired while a reader is waited for is not free with what was before.
  @Test
  void retiredMeanwhile_waitsForAnotherTurn() {
    Epochs.Reader reader = epochs.open();
    reader.turn();
    retire(1);
    retire(2);
    reader.turn();
    retired.collect();
    assertEquals(List.of(1), free);
    reader.turn();
    retired.collect();
    assertEquals(List.of(1, 2), free);
  }

  @Test
  void groupsAndAdjacencies_areNotReused_whileAReaderMayHoldThem() {
    AdjacencyTable adjacencies = new AdjacencyTable(epochs);
    NextHopGroups groups = new NextHopGroups(adjacencies, epochs);
    Epochs.Reader reader = epochs.open();
    reader.turn();
    int first = groups.acquire(List.of(Path.of(Adjacency.nextHop(1, IpAddress.ofIpv4(1)))));
    int hop = groups.single(first);
    groups.release(first);
    int second = groups.acquire(List.of(Path.of(Adjacency.nextHop(2, IpAddress.ofIpv4(2)))));
    assertNotEquals(first, second);
    assertNotEquals(hop, groups.single(second));
    reader.turn();
    int third = groups.acquire(List.of(Path.of(Adjacency.nextHop(3, IpAddress.ofIpv4(3)))));
    assertEquals(first, third);
    assertEquals(hop, groups.single(third));
  }

  /// A reader on a thread of its own beside a writer that never stops: it finds a route's old group
  /// or its new one, and no other.
  @Test
  void lookups_besideChanges_findOldOrNew() throws Exception {
    try (Ipv4Fib fib = new Ipv4Fib(epochs)) {
      fib.install(0x0a00_0000, 8, 5);
      AtomicBoolean stop = new AtomicBoolean();
      AtomicReference<String> wrong = new AtomicReference<>();
      Thread reading =
          Thread.ofPlatform()
              .start(() -> {
                Epochs.Reader reader = epochs.open();
                Random random = new Random(2);
                while (!stop.get()) {
                  reader.turn();
                  for (int i = 0; i < 100; i++) {
                    int low = random.nextInt(1 << 16);
                    int group = fib.lookup(0x0a01_0000 | low);
                    if (group != 5 && group != 100 + (low >> 8) && group != 1_000 + low % 256) {
                      wrong.set(low + " has " + group);
                    }
                  }
                }
                reader.close();
              });
      Random random = new Random(1);
      long untilNs = System.nanoTime() + 1_000_000_000L;
      while (System.nanoTime() < untilNs) {
        int low = random.nextInt(1 << 16);
        switch (random.nextInt(4)) {
          case 0 -> fib.install(0x0a01_0000 | low & 0xff00, 24, 100 + (low >> 8));
          case 1 -> fib.withdraw(0x0a01_0000 | low & 0xff00, 24);
          case 2 -> fib.install(0x0a01_0000 | low, 32, 1_000 + low % 256);
          default -> fib.withdraw(0x0a01_0000 | low, 32);
        }
        fib.reclaim();
      }
      stop.set(true);
      reading.join();
      assertEquals(null, wrong.get());
      assertTrue(fib.size() > 100);
    }
  }
}
