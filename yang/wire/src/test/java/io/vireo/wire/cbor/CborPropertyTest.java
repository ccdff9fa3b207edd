package io.vireo.wire.cbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// Random values against another CBOR implementation, both ways, and random bytes. The seed of a
/// failure is in the name of its test.
@Timeout(120)
class CborPropertyTest {
  private static final int RUNS = 200;
  private final CBORMapper oracle = new CBORMapper();

  @TestFactory
  Stream<DynamicTest> value_writtenByUs_isReadByTheOracle() {
    return seeds(seed -> {
      Random random = new Random(seed);
      Object value = value(random, 0);
      CborWriter out = new CborWriter();
      write(out, value, random);
      assertSame(value, oracle.readValue(out.toByteArray(), Object.class));
    });
  }

  @TestFactory
  Stream<DynamicTest> value_writtenByTheOracle_isReadByUs() {
    return seeds(seed -> {
      Object value = value(new Random(seed), 0);
      byte[] encoded = oracle.writeValueAsBytes(value);
      CborReader in = new CborReader(encoded);
      assertSame(value, read(in));
      in.requireEnd();
      CborReader skipping = new CborReader(encoded);
      assertEquals(encoded.length, skipping.readRaw().size());
      skipping.requireEnd();
    });
  }

  @TestFactory
  Stream<DynamicTest> randomBytes_neverFailOtherwiseThanTyped() {
    return seeds(seed -> {
      Random random = new Random(seed);
      for (int i = 0; i < 500; i++) {
        byte[] bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        readAll(bytes);
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> mutatedValue_neverFailsOtherwiseThanTyped() {
    return seeds(seed -> {
      Random random = new Random(seed);
      CborWriter out = new CborWriter();
      write(out, value(random, 0), random);
      byte[] bytes = out.toByteArray();
      for (int i = 0; i < 20; i++) {
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        readAll(bytes);
      }
    });
  }

  /// All item types by the reader's own methods, then by skipping: both must agree.
  private static void readAll(byte[] bytes) {
    CborException readFailure = null;
    CborException skipFailure = null;
    try {
      read(new CborReader(bytes));
    } catch (CborException e) {
      readFailure = e;
    }
    try {
      new CborReader(bytes).skipValue();
    } catch (CborException e) {
      skipFailure = e;
    }
    if (readFailure == null) {
      assertEquals(null, skipFailure);
    }
  }

  private interface SeededCheck {
    void run(long seed) throws IOException;
  }

  private static Stream<DynamicTest> seeds(SeededCheck check) {
    return IntStream.range(0, RUNS)
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> check.run(seed)));
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth < 5 ? 8 : 5)) {
      case 0 -> random.nextLong() >> random.nextInt(64);
      case 1 -> random.nextBoolean();
      case 2 -> text(random);
      case 3 -> {
        byte[] bytes = new byte[random.nextInt(300)];
        random.nextBytes(bytes);
        yield bytes;
      }
      case 4 -> new BigInteger(64, random);
      case 5 -> {
        List<Object> list = new ArrayList<>();
        for (int i = random.nextInt(30); i > 0; i--) {
          list.add(value(random, depth + 1));
        }
        yield list;
      }
      default -> {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = random.nextInt(30); i > 0; i--) {
          map.put(text(random), value(random, depth + 1));
        }
        yield map;
      }
    };
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int kinds = random.nextInt(3);
    for (int i = random.nextInt(40); i > 0; i--) {
      text.appendCodePoint(
          switch (kinds) {
            case 0 -> 'a' + random.nextInt(26);
            case 1 -> 0xa0 + random.nextInt(0x1000);
            default -> 0x10000 + random.nextInt(0x10000);
          });
    }
    return text.toString();
  }

  private static void write(CborWriter out, Object value, Random random) {
    switch (value) {
      case Long number -> out.writeLong(number);
      case BigInteger number -> out.writeUnsigned(number.longValue());
      case Boolean bool -> out.writeBoolean(bool);
      case String text -> out.writeText(text);
      case byte[] bytes -> out.writeBytes(bytes);
      case List<?> list -> {
        boolean definite = random.nextBoolean();
        if (definite) {
          out.startArray(list.size());
        } else {
          out.startArray();
        }
        list.forEach(element -> write(out, element, random));
        if (!definite) {
          out.end();
        }
      }
      case Map<?, ?> map -> {
        boolean definite = random.nextBoolean();
        if (definite) {
          out.startMap(map.size());
        } else {
          out.startMap();
        }
        map.forEach((key, element) -> {
          write(out, key, random);
          write(out, element, random);
        });
        if (!definite) {
          out.end();
        }
      }
      default -> throw new AssertionError(value);
    }
  }

  private static @Nullable Object read(CborReader in) throws CborException {
    return switch (in.peek()) {
      case UNSIGNED -> new BigInteger(Long.toUnsignedString(in.readUnsigned()));
      case NEGATIVE -> in.readLong();
      case BOOLEAN -> in.readBoolean();
      case TEXT -> in.readText();
      case BYTES -> in.readBytes();
      case NULL -> {
        in.readNull();
        yield null;
      }
      case ARRAY -> {
        List<@Nullable Object> list = new ArrayList<>();
        in.startArray();
        while (in.more()) {
          list.add(read(in));
        }
        yield list;
      }
      case MAP -> {
        Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
        in.startMap();
        while (in.more()) {
          map.put(read(in), read(in));
        }
        yield map;
      }
      case TAG -> {
        long tag = in.readTag();
        if (tag == 2 && in.peek() == CborType.BYTES) {
          yield new BigInteger(1, in.readBytes());
        }
        yield read(in);
      }
      case SIMPLE, BREAK, END -> {
        in.skipValue();
        yield null;
      }
    };
  }

  private static void assertSame(@Nullable Object expected, @Nullable Object actual) {
    if (expected == null || actual == null) {
      assertEquals(expected, actual);
      return;
    }
    switch (expected) {
      case byte[] bytes -> assertArrayEquals(bytes, (byte[]) actual);
      case List<?> list -> {
        List<?> other = (List<?>) actual;
        assertEquals(list.size(), other.size());
        for (int i = 0; i < list.size(); i++) {
          assertSame(list.get(i), other.get(i));
        }
      }
      case Map<?, ?> map -> {
        Map<?, ?> other = (Map<?, ?>) actual;
        assertEquals(map.keySet(), other.keySet());
        map.forEach((key, element) -> assertSame(element, other.get(key)));
      }
      case Number number ->
          assertEquals(new BigInteger(number.toString()), new BigInteger(actual.toString()));
      default -> assertEquals(expected, actual);
    }
  }
}
