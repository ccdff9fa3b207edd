package io.vireo.wire.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.vireo.wire.frame.FrameException.Reason;
import io.vireo.wire.frame.Preface.Protocol;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FrameDecoderTest {
  private static final String PREFACE_S = "564952454f53 0100";

  @Test
  void header_ofARpc_isLittleEndian() {
    ByteBuffer header = FrameEncoder.header(FrameType.RPC, 1, 0x01020304, 7, 258);
    byte[] bytes = new byte[header.remaining()];
    header.get(bytes);
    assertEquals("02010000020100000403020107000000", HexFormat.of().formatHex(bytes));
  }

  @TestFactory
  Stream<DynamicTest> frames_splitAnywhere_comeOutWhole() {
    return IntStream.range(0, 100)
        .mapToObj(seed -> DynamicTest.dynamicTest("seed " + seed, () -> splitAnywhere(seed)));
  }

  private static void splitAnywhere(int seed) throws FrameException {
    Random random = new Random(seed);
    ByteBuffer stream = ByteBuffer.allocate(2 << 20);
    Preface.emit(Protocol.VR_CONTROL, stream);
    List<Frame> sent = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      byte[] payload = new byte[random.nextInt(i == 7 ? FrameHeader.MAX_PAYLOAD : 2000)];
      random.nextBytes(payload);
      FrameType type = FrameType.values()[random.nextInt(FrameType.values().length)];
      Frame frame =
          new Frame(type, random.nextInt(256), random.nextInt(), random.nextInt(), payload);
      FrameEncoder.encode(frame, stream);
      sent.add(frame);
    }
    stream.flip();
    FrameDecoder decoder = FrameDecoder.withPreface(Protocol.VR_CONTROL);
    List<Frame> received = new ArrayList<>();
    while (stream.hasRemaining()) {
      ByteBuffer piece = stream.slice(stream.position(), Math.min(stream.remaining(), cut(random)));
      stream.position(stream.position() + piece.remaining());
      for (Frame frame; (frame = decoder.decode(piece)) != null; ) {
        received.add(frame);
      }
    }
    decoder.onEnd();
    assertEquals(sent, received);
  }

  private static int cut(Random random) {
    return 1 + random.nextInt(random.nextInt(4) == 0 ? 100_000 : 30);
  }

  @Test
  void payload_beyondTheLimit_isRefusedAtItsHeader() {
    assertEquals(Reason.TOO_LONG, failure(PREFACE_S + "01001000 02000000 00000000 00000000"));
    assertEquals(Reason.TOO_LONG, failure(PREFACE_S + "ffffffff 02000000 00000000 00000000"));
  }

  @Test
  void reservedField_notZero_isRefused() {
    assertEquals(
        Reason.RESERVED_NOT_ZERO, failure(PREFACE_S + "00000000 02000100 00000000 00000000"));
  }

  @Test
  void unknownType_isSkippedOnlyWhenFlagged() throws FrameException {
    assertEquals(Reason.UNKNOWN_TYPE, failure(PREFACE_S + "00000000 c8000000 00000000 00000000"));
    FrameDecoder decoder = FrameDecoder.withoutPreface();
    ByteBuffer in =
        bytes("02000000c8010000 0000000000000000 abcd 000000000b000000 0000000005000000");
    assertEquals(new Frame(FrameType.PING, 0, 0, 5, new byte[0]), decoder.decode(in));
    assertEquals(1, decoder.skippedFrames());
  }

  @Test
  void preface_ofSomethingElse_isRefused() {
    assertEquals(Reason.BAD_PREFACE, failure("474554202f204854"));
    assertEquals(Reason.BAD_PREFACE, failure("564952454f43 0100"));
    assertEquals(Reason.UNSUPPORTED_VERSION, failure("564952454f53 0200"));
  }

  @Test
  void end_insideAFrame_isTruncated() throws FrameException {
    for (String part :
        List.of("56", PREFACE_S + "00", PREFACE_S + "02000000020000000000000000000000ff")) {
      FrameDecoder decoder = FrameDecoder.withPreface(Protocol.RSOCK);
      assertNull(decoder.decode(bytes(part)));
      FrameException e = assertThrows(FrameException.class, decoder::onEnd);
      assertEquals(Reason.TRUNCATED, e.reason());
    }
  }

  @Test
  void randomBytes_neverFailOtherwiseThanTyped() {
    Random random = new Random(1);
    for (int i = 0; i < 20_000; i++) {
      byte[] noise = new byte[random.nextInt(80)];
      random.nextBytes(noise);
      // Small lengths now and then, so that more than headers is reached.
      for (int at = 1; at < Math.min(noise.length, 4); at++) {
        noise[at] = 0;
      }
      FrameDecoder decoder = FrameDecoder.withoutPreface();
      ByteBuffer in = ByteBuffer.wrap(noise);
      try {
        while (decoder.decode(in) != null) {
          // The next one.
        }
      } catch (FrameException e) {
        assertEquals(true, String.valueOf(e.getMessage()).startsWith(e.reason().name()));
      }
    }
  }

  private static Reason failure(String hex) {
    return assertThrows(
            FrameException.class, () -> FrameDecoder.withPreface(Protocol.RSOCK).decode(bytes(hex)))
        .reason();
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  @Test
  void headerBeyondThePeersLimit_fails_beforeItsPayload() throws Exception {
    FrameDecoder decoder =
        FrameDecoder.withPreface(
            Preface.Protocol.RSOCK, type -> type == FrameType.DATAGRAM ? 64 : 16);
    ByteBuffer bytes = ByteBuffer.allocate(Preface.LENGTH + 2 * FrameHeader.LENGTH + 64);
    Preface.emit(Preface.Protocol.RSOCK, bytes);
    new FrameHeader(64, FrameType.DATAGRAM.code(), 0, 1, 0).emit(bytes);
    bytes.put(new byte[64]);
    new FrameHeader(17, FrameType.RPC.code(), 0, 0, 1).emit(bytes);
    bytes.flip();
    assertNotNull(decoder.decode(bytes));
    FrameException refused = assertThrows(FrameException.class, () -> decoder.decode(bytes));
    assertEquals(FrameException.Reason.TOO_LONG, refused.reason());
  }
}
