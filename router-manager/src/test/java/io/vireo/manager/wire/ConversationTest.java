package io.vireo.manager.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.drivers.linux.UnixSocket;
import io.vireo.wire.frame.Envelope;
import io.vireo.wire.frame.FrameChannel;
import io.vireo.wire.frame.FrameType;
import io.vireo.wire.frame.Preface;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullAway.Init") // set before each test
class ConversationTest {
  private static final long SID = 60_001;
  private static final ByteBuffer EMPTY_MAP = ByteBuffer.wrap(new byte[] {(byte) 0xa0});

  private final CompletableFuture<String> ended = new CompletableFuture<>();
  private UnixSocket far;
  private Conversation talk;

  @BeforeEach
  void open() throws Exception {
    UnixSocket[] both = UnixSocket.pair(UnixSocket.Type.STREAM);
    far = both[1];
    both[0].setSendTimeoutMs(100);
    talk =
        Conversation.open(
            both[0],
            Preface.Protocol.VR_CONTROL,
            "the peer",
            new Conversation.Listener() {
              @Override
              public void onNotification(Envelope notification) {
                throw new IllegalStateException("a mistake");
              }

              @Override
              public void onEnd(String why) {
                ended.complete(why);
              }
            });
  }

  @AfterEach
  void close() {
    talk.close();
    far.close();
  }

  private FrameChannel peer() throws IOException {
    return FrameChannel.open(new DescriptorChannel(far), Preface.Protocol.VR_CONTROL);
  }

  private static Throwable failure(CompletableFuture<?> call) {
    return Objects.requireNonNull(
        assertThrows(ExecutionException.class, () -> call.get(10, TimeUnit.SECONDS)).getCause());
  }

  @Test
  void peerReadsNothing_upload_endsTheConnectionInTime() throws Exception {
    var reply = talk.upload(SID, out -> out.startMap(0), new byte[4 << 20]);
    assertInstanceOf(IOException.class, failure(reply));
    assertTrue(ended.get(10, TimeUnit.SECONDS).contains("timed out"), ended.join());
  }

  @Test
  void dataTheCallerCannotRead_failsThatCallAlone() throws Exception {
    FrameChannel peer = peer();
    Conversation.Call bad =
        talk.call(
            SID,
            out -> out.startMap(0),
            frame -> {
              throw new IllegalStateException("unreadable");
            });
    var good = talk.call(SID, out -> out.startMap(0));
    peer.send(FrameType.DATA, bad.id(), bad.id(), EMPTY_MAP.duplicate());
    peer.send(FrameType.REPLY, bad.id() + 1, bad.id() + 1, EMPTY_MAP.duplicate());
    assertEquals("unreadable", failure(bad.reply()).getMessage());
    assertEquals(FrameType.REPLY, good.get(10, TimeUnit.SECONDS).type());
  }

  @Test
  void listenerThrows_endsTheConnection() throws Exception {
    var call = talk.call(SID, out -> out.startMap(0));
    ByteBuffer notification = ByteBuffer.wrap(new byte[] {(byte) 0xa1, 1, (byte) 0xa0});
    peer().send(FrameType.NOTIFICATION, 0, 0, notification);
    assertTrue(ended.get(10, TimeUnit.SECONDS).contains("a mistake"), ended.join());
    assertInstanceOf(IOException.class, failure(call));
  }
}
