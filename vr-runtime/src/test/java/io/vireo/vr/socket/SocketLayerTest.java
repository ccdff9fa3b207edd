package io.vireo.vr.socket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.vr.VirtualRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Sockets of a router whose worker is busy.
class SocketLayerTest {
  private static final int SOCKETS = 1500; // more than commands fit the worker's ring

  @Test
  void busyWorker_manyCloses_everyPortIsFreeAfterwards() throws Exception {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (VirtualRouter router = VirtualRouter.start("busy", 64, failure::set)) {
      List<UdpSocket> sockets = new ArrayList<>();
      for (int i = 0; i < SOCKETS; i++) {
        UdpSocket socket = router.sockets().openUdp();
        socket.bind(new Endpoint(0, 10_000 + i));
        sockets.add(socket);
      }
      CountDownLatch release = new CountDownLatch(1);
      assertTrue(
          router
              .worker()
              .execute(() -> {
                try {
                  release.await();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
      sockets.forEach(UdpSocket::close);
      release.countDown();
      for (int i = 0; i < SOCKETS; i++) {
        try (UdpSocket again = router.sockets().openUdp()) {
          again.bind(new Endpoint(0, 10_000 + i));
        }
      }
    }
    assertEquals(null, failure.get());
  }
}
