package io.vireo.netconf.framing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramingTest {
  private static final int LIMIT = 100_000;

  /// Gives as many octets a read as the seed says: a stream split anywhere.
  private static final class SplitStream extends InputStream {
    private final ByteArrayInputStream bytes;
    private final Random random;

    SplitStream(byte[] bytes, long seed) {
      this.bytes = new ByteArrayInputStream(bytes);
      random = new Random(seed);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      return bytes.read(target, offset, Math.min(length, 1 + random.nextInt(7)));
    }
  }

  private static List<byte[]> readAll(MessageInput input) throws IOException {
    List<byte[]> messages = new ArrayList<>();
    for (InputStream message = input.next(); message != null; message = input.next()) {
      messages.add(message.readAllBytes());
    }
    return messages;
  }

  private static MessageInput chunked(String stream) {
    return new ChunkedInput(
        new OctetSource(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8))), LIMIT);
  }

  private static MessageInput marked(String stream) {
    return new EndOfMessageInput(
        new OctetSource(new ByteArrayInputStream(stream.getBytes(StandardCharsets.UTF_8))), LIMIT);
  }

  /// Octets of the mark's alphabet, so that its parts occur often.
  private static byte[] message(Random random, boolean mayHoldMark) {
    byte[] bytes = new byte[1 + random.nextInt(300)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) "]]>x\n#1".charAt(random.nextInt(7));
    }
    String text = new String(bytes, StandardCharsets.US_ASCII);
    // A message that ends in a part of the mark would end at an earlier octet together with it.
    return mayHoldMark
        ? bytes
        : (text.replace("]]>]]>", "]]>x]>") + "x").getBytes(StandardCharsets.US_ASCII);
  }

  @TestFactory
  Stream<DynamicTest> messages_writtenAndSplitAnywhere_comeBack() {
    return LongStream.range(0, 200)
        .mapToObj(seed ->
            DynamicTest.dynamicTest(
                "seed " + seed,
                () -> {
                  roundTrip(seed, true);
                  roundTrip(seed, false);
                }));
  }

  private static void roundTrip(long seed, boolean chunks) throws IOException {
    Random random = new Random(seed);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    MessageOutput output = new MessageOutput(stream);
    if (chunks) {
      output.useChunks();
    }
    List<byte[]> sent = new ArrayList<>();
    for (int i = random.nextInt(5); i >= 0; i--) {
      byte[] message = message(random, chunks);
      sent.add(message);
      int cut = random.nextInt(message.length);
      output.write(message, 0, cut);
      output.flush();
      output.write(message, cut, message.length - cut);
      output.endMessage();
    }
    OctetSource source = new OctetSource(new SplitStream(stream.toByteArray(), seed));
    List<byte[]> received =
        readAll(chunks ? new ChunkedInput(source, LIMIT) : new EndOfMessageInput(source, LIMIT));
    assertEquals(sent.size(), received.size());
    for (int i = 0; i < sent.size(); i++) {
      assertArrayEquals(sent.get(i), received.get(i));
    }
  }

  @TestFactory
  Stream<DynamicTest> message_cutIntoRandomChunks_isWhole() {
    return LongStream.range(0, 200)
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> cutIntoChunks(seed)));
  }

  private static void cutIntoChunks(long seed) throws IOException {
    Random random = new Random(seed);
    byte[] message = message(random, true);
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (int at = 0; at < message.length; ) {
      int size = Math.min(message.length - at, 1 + random.nextInt(20));
      stream.write(("\n#" + size + "\n").getBytes(StandardCharsets.US_ASCII));
      stream.write(message, at, size);
      at += size;
    }
    stream.write("\n##\n".getBytes(StandardCharsets.US_ASCII));
    byte[] octets = stream.toByteArray();
    List<byte[]> received =
        readAll(new ChunkedInput(new OctetSource(new SplitStream(octets, seed)), LIMIT));
    assertEquals(1, received.size());
    assertArrayEquals(message, received.getFirst());
    // Cut off anywhere, it is an error and never a shorter message.
    byte[] cut = java.util.Arrays.copyOf(octets, 1 + random.nextInt(octets.length - 1));
    assertThrows(
        FramingException.class,
        () -> readAll(new ChunkedInput(new OctetSource(new SplitStream(cut, seed)), LIMIT)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#4\nabcd\n##\n",
        "\n#0\n\n##\n",
        "\n#04\nabcd\n##\n",
        "\n#+4\nabcd\n##\n",
        "\n# 4\nabcd\n##\n",
        "\n#4 \nabcd\n##\n",
        "\n#4\r\nabcd\n##\n",
        "\n#4abcd\n##\n",
        "\n#4\nabcde\n##\n",
        "\n#4\nabc",
        "\n#4\nabcd",
        "\n#4\nabcd\n",
        "\n#4\nabcd\n##",
        "\n#4\nabcd\n##x",
        "\n#4\nabcd\n#\n",
        "\n##\n",
        "\n#4294967296\nabcd\n##\n",
        "\n#99999999999999999999999999\nabcd\n##\n",
        "\n#100001\nabcd\n##\n",
        "\n#4\nabcd\n##\n\n\n#4\nabcd\n##\n",
        "x",
        "<rpc/>]]>]]>"
      })
  void badChunks_read_framingError(String stream) {
    assertThrows(FramingException.class, () -> readAll(chunked(stream)), stream);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<a/>", "<a/>]]>]]", "]", "]]>]]>]"})
  void unendedMessage_read_framingError(String stream) {
    assertThrows(FramingException.class, () -> readAll(marked(stream)), stream);
  }

  @Test
  void markWithinItself_read_endsWhereItIsComplete() throws IOException {
    MessageInput input = marked("a]]]>]]>b]]>]]>");
    assertEquals("a]", text(input));
    assertEquals("b", text(input));
    assertNull(input.next());
  }

  @Test
  void unreadRest_next_isSkipped() throws IOException {
    MessageInput input = chunked("\n#3\nabc\n#2\nde\n##\n\n#1\nx\n##\n");
    InputStream first = input.next();
    assertTrue(first != null && first.read() == 'a');
    assertEquals("x", text(input));
  }

  @Test
  void message_overTheBound_framingError() {
    String large = "x".repeat(LIMIT + 1);
    assertThrows(FramingException.class, () -> readAll(marked(large + "]]>]]>")));
    StringBuilder chunks = new StringBuilder();
    for (int i = 0; i < 11; i++) {
      chunks.append("\n#10000\n").append("x".repeat(10_000));
    }
    assertThrows(FramingException.class, () -> readAll(chunked(chunks + "\n##\n")));
  }

  private static String text(MessageInput input) throws IOException {
    InputStream message = input.next();
    return message == null ? "" : new String(message.readAllBytes(), StandardCharsets.UTF_8);
  }
}
