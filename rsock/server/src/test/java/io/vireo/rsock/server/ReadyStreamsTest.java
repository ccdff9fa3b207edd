package io.vireo.rsock.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReadyStreamsTest {
  private final ReadyStreams ready = new ReadyStreams();

  private static SocketStream stream(int handle) {
    return new SocketStream(handle, 1000);
  }

  private List<Integer> takenHandles() {
    List<Integer> handles = new ArrayList<>();
    SocketStream stream = ready.takeAll();
    while (stream != null) {
      handles.add(stream.handle());
      stream = ReadyStreams.following(stream);
    }
    return handles;
  }

  /// A connection that ends at once is over before its delivering thread has slept.
  @Test
  void wakeBeforeTheFirstSleep_isNotLost() {
    ready.wake();

    assertTimeoutPreemptively(Duration.ofSeconds(20), ready::await);
  }

  @Test
  void addBeforeTheFirstSleep_isNotLost() {
    SocketStream stream = stream(1);
    ready.add(stream);

    assertTimeoutPreemptively(Duration.ofSeconds(20), ready::await);
    assertSame(stream, ready.takeAll());
  }

  @Test
  void added_areTakenOldestFirst_eachOnce() {
    SocketStream first = stream(1);
    ready.add(first);
    ready.add(stream(2));
    ready.add(first);
    ready.add(stream(3));

    assertEquals(List.of(1, 2, 3), takenHandles());
    assertNull(ready.takeAll());
  }

  @Test
  void taken_canBeListedAgain() {
    SocketStream stream = stream(1);
    ready.add(stream);
    takenHandles();

    ready.add(stream);

    assertEquals(List.of(1), takenHandles());
  }
}
