package io.vireo.vr.control;

import io.vireo.drivers.linux.Errno;
import io.vireo.records.router.ietfinettypes.Ipv4AddressNoZone;
import io.vireo.records.router.vireotools.Ping;
import io.vireo.records.router.vireotools.Ping.Output.Answer;
import io.vireo.vr.VirtualRouter;
import io.vireo.vr.socket.Datagram;
import io.vireo.vr.socket.IcmpEchoSocket;
import io.vireo.vr.socket.IcmpEchoSocket.EchoError;
import io.vireo.vr.socket.SocketException;
import io.vireo.vr.wire.IcmpMessage;
import io.vireo.vr.wire.Ipv4Address;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One `ping` RPC: sends requests one by one and hands out each answer as it comes.
final class PingRun {
  /// Takes the outputs.
  interface Sink {
    void accept(Ping.Output output) throws IOException;
  }

  private static final int DEFAULT_COUNT = 5;
  private static final int DEFAULT_INTERVAL_MS = 1_000;
  private static final int DEFAULT_TIMEOUT_MS = 2_000;
  private static final int DEFAULT_SIZE_BYTES = 56;
  private static final int DEFAULT_TTL = 64;

  private final VirtualRouter router;
  private final Ping.Input input;
  private final Semaphore readable = new Semaphore(0);
  private volatile boolean cancelled;
  private long sent;
  private long received;
  private long minimumNs = Long.MAX_VALUE;
  private long maximumNs;
  private long totalNs;

  PingRun(VirtualRouter router, Ping.Input input) {
    this.router = router;
    this.input = input;
  }

  /// Ends the run soon; its summary still comes.
  void cancel() {
    cancelled = true;
    readable.release();
  }

  /// Runs to the end on the caller's thread.
  ///
  /// @return the summary
  Ping.Output run(Sink sink) throws IOException, InterruptedException {
    int destination = Ipv4Address.of(input.destination().value());
    long count = orElse(input.count(), DEFAULT_COUNT);
    long intervalNs = TimeUnit.MILLISECONDS.toNanos(orElse(input.interval(), DEFAULT_INTERVAL_MS));
    try (IcmpEchoSocket socket = router.sockets().openEcho()) {
      socket.setOwner("ping", 0);
      socket.setListener(readable::release);
      Integer ttl = input.ttl();
      socket.setTtl(ttl == null ? DEFAULT_TTL : ttl);
      var source = input.source();
      if (source != null) {
        socket.bindSource(Ipv4Address.of(source.value()));
      }
      for (long sequence = 1; sequence <= count && !cancelled; sequence++) {
        long startNs = System.nanoTime();
        Answer answer = exchange(socket, destination, sequence, startNs);
        if (answer != null) {
          sink.accept(output(answer));
        }
        long restNs = intervalNs - (System.nanoTime() - startNs);
        while (sequence < count && !cancelled && restNs > 0) {
          readable.tryAcquire(restNs, TimeUnit.NANOSECONDS);
          restNs = intervalNs - (System.nanoTime() - startNs);
        }
      }
    }
    return new Ping.Output(List.of(), summary());
  }

  @SuppressWarnings("NullAway") // javac drops the annotation of a compact constructor's parameter
  private static Ping.Output output(Answer answer) {
    return new Ping.Output(List.of(answer), null);
  }

  private @Nullable Answer exchange(
      IcmpEchoSocket socket, int destination, long sequence, long startNs)
      throws InterruptedException {
    Integer size = input.size();
    sent++;
    try {
      ByteBuffer payload = ByteBuffer.allocate(size == null ? DEFAULT_SIZE_BYTES : size);
      socket.sendEcho(destination, (int) sequence, payload);
      long deadlineNs =
          startNs + TimeUnit.MILLISECONDS.toNanos(orElse(input.timeout(), DEFAULT_TIMEOUT_MS));
      while (!cancelled) {
        Answer answer = poll(socket, sequence, startNs);
        if (answer != null) {
          return answer;
        }
        long leftNs = deadlineNs - System.nanoTime();
        if (leftNs <= 0) {
          return new Answer(sequence, Answer.Result.TIMEOUT, null, null, null);
        }
        readable.tryAcquire(leftNs, TimeUnit.NANOSECONDS);
      }
      return null;
    } catch (SocketException refused) {
      return new Answer(sequence, Answer.Result.NOT_SENT, null, null, null);
    }
  }

  private @Nullable Answer poll(IcmpEchoSocket socket, long sequence, long startNs)
      throws SocketException {
    int wanted = (int) sequence & 0xffff;
    for (Datagram reply; (reply = socket.receive()) != null; ) {
      if (reply.source().port() == wanted) {
        long roundTripNs = System.nanoTime() - startNs;
        received++;
        minimumNs = Math.min(minimumNs, roundTripNs);
        maximumNs = Math.max(maximumNs, roundTripNs);
        totalNs += roundTripNs;
        return new Answer(
            sequence,
            Answer.Result.REPLY,
            address(reply.source().address()),
            roundTripNs,
            reply.ttl());
      }
    }
    for (EchoError error; (error = socket.takeEchoError()) != null; ) {
      if (error.sequence() == wanted) {
        return new Answer(
            sequence,
            resultOf(error),
            error.reporter() == 0 ? null : address(error.reporter()),
            System.nanoTime() - startNs,
            null);
      }
    }
    return null;
  }

  private static Answer.Result resultOf(EchoError error) {
    if (error.reporter() == 0 && error.errno() == Errno.ENETUNREACH) {
      return Answer.Result.NOT_SENT;
    }
    return error.type() == IcmpMessage.TIME_EXCEEDED
        ? Answer.Result.TTL_EXPIRED
        : Answer.Result.UNREACHABLE;
  }

  private Ping.Output.Summary summary() {
    return received == 0
        ? new Ping.Output.Summary(sent, 0L, null, null, null)
        : new Ping.Output.Summary(sent, received, minimumNs, totalNs / received, maximumNs);
  }

  private static Ipv4AddressNoZone address(int address) {
    return new Ipv4AddressNoZone(Ipv4Address.format(address));
  }

  private static long orElse(@Nullable Long value, long otherwise) {
    return value == null ? otherwise : value;
  }
}
