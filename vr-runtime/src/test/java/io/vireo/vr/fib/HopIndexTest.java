package io.vireo.vr.fib;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vireo.vr.wire.IpAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The index against a map, with keys that are close together.
final class HopIndexTest {
  private record Key(int on, IpAddress address) {}

  private final HopIndex index = new HopIndex();
  private final Map<Key, Integer> model = new HashMap<>();
  private final ArrayDeque<Integer> unused = new ArrayDeque<>();

  @ParameterizedTest
  @ValueSource(ints = {20, 300, 5_000})
  void randomPutsAndRemovals_findsWhatAMapDoes(int keys) {
    Random random = new Random(keys);
    for (int number = keys; number > 0; number--) {
      unused.add(number);
    }
    for (int step = 0; step < 20 * keys; step++) {
      Key key =
          new Key(random.nextInt(3), new IpAddress(random.nextInt(2), random.nextInt(keys / 2)));
      Integer number = model.get(key);
      assertEquals(number == null ? HopIndex.NONE : number, find(key));
      if (number == null && !unused.isEmpty()) {
        put(key);
      } else if (number != null) {
        remove(key, number);
      }
    }
    model.forEach((key, number) -> assertEquals(number, find(key)));
    assertEquals(model.size(), index.size());
  }

  private void put(Key key) {
    int number = unused.remove();
    index.put(number, key.on(), key.address().high(), key.address().low());
    model.put(key, number);
  }

  private void remove(Key key, int number) {
    index.remove(number);
    model.remove(key);
    unused.add(number);
  }

  private int find(Key key) {
    return index.find(key.on(), key.address().high(), key.address().low());
  }
}
