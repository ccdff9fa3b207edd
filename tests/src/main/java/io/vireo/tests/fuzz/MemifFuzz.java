package io.vireo.tests.fuzz;

import io.vireo.drivers.linux.EventDescriptor;
import io.vireo.drivers.linux.LinuxException;
import io.vireo.drivers.linux.UnixSocket;
import io.vireo.drivers.memif.MemifConfig;
import io.vireo.drivers.memif.MemifPort;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// The other end of a memif port says anything: the port ends the conversation, and nothing else
/// happens.
///
/// ```text
///  input: role (1 bit of the first byte) | messages of 128 bytes, the first byte's other bits: with
///         a descriptor
/// ```
public final class MemifFuzz {
  private static final int MESSAGE_BYTES = 128;
  private static final int MAX_MESSAGES = 16;

  private static final AtomicReference<@Nullable Throwable> THROWN = new AtomicReference<>();

  private MemifFuzz() {}

  /// Called once before the first input.
  public static void fuzzerInitialize() {
    Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> THROWN.set(failure));
  }

  /// What the fuzzer calls.
  public static void fuzzerTestOneInput(byte[] input) throws IOException {
    if (input.length == 0) {
      return;
    }
    UnixSocket[] ends = UnixSocket.pair(UnixSocket.Type.SEQPACKET);
    MemifConfig.Role role = (input[0] & 1) == 0 ? MemifConfig.Role.SERVER : MemifConfig.Role.CLIENT;
    MemifPort port =
        MemifPort.open(new MemifConfig("m", role, null, 0, "word", 1, 1500, 4, 1), ends[0]);
    try (UnixSocket peer = ends[1];
        EventDescriptor event = EventDescriptor.open()) {
      int at = 1;
      for (int count = 0; count < MAX_MESSAGES && at < input.length; count++) {
        ByteBuffer message = ByteBuffer.allocate(MESSAGE_BYTES);
        int length = Math.min(MESSAGE_BYTES, input.length - at);
        message.put(input, at, length).position(MESSAGE_BYTES).flip();
        at += length;
        if ((input[0] & 2 << count % 7) == 0) {
          peer.write(message);
        } else {
          peer.write(message, event.fd());
        }
      }
    } catch (LinuxException ended) {
      // as it may
    }
    while (port.linkReason() == null) {
      Thread.onSpinWait();
    }
    port.close();
    Throwable thrown = THROWN.getAndSet(null);
    if (thrown != null) {
      throw new IllegalStateException(thrown);
    }
  }
}
