package io.vireo.ssh;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.util.Readable;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.ServerFactoryManager;
import org.apache.sshd.server.session.ServerSessionImpl;

/// A session that knows how long its client has been silent, and asks it whether it is there. What
/// is said for that alone does not make the session less idle.
final class WatchedSession extends ServerSessionImpl {
  private static final String QUESTION = "keepalive@vireo";

  /// Set where a thread sends a question or takes the answer.
  private static final ThreadLocal<Boolean> ASKING = ThreadLocal.withInitial(() -> false);

  private final AtomicInteger unanswered = new AtomicInteger();
  private volatile long heardNs = System.nanoTime();

  WatchedSession(ServerFactoryManager server, IoSession transport) throws Exception {
    super(server, transport);
  }

  @Override
  public void messageReceived(Readable octets) throws Exception {
    heardNs = System.nanoTime();
    unanswered.set(0); // whatever it says, it is there
    super.messageReceived(octets);
  }

  /// Asks a client that has been silent too long, and gives up one that was asked too often (RFC
  /// 9644 §4.3). To be called about each second.
  ///
  /// @param listener its name, for the audit
  void watch(SshTransport.Keepalive keepalive, String listener) {
    int asked = unanswered.get();
    long patienceNs = keepalive.maxWait().toNanos() * (asked + 1);
    if (!isAuthenticated() || System.nanoTime() - heardNs < patienceNs) {
      return;
    }
    if (asked >= keepalive.maxAttempts()) {
      Audit.record(
          AuditEvent.CLIENT_LOST,
          listener,
          getUsername(),
          Peer.text(getIoSession().getRemoteAddress()),
          asked + " keepalives without an answer");
      close(true);
      return;
    }
    unanswered.incrementAndGet();
    ask();
  }

  private void ask() {
    ASKING.set(true);
    try {
      Buffer question = createBuffer(SshConstants.SSH_MSG_GLOBAL_REQUEST);
      question.putString(QUESTION);
      question.putBoolean(true);
      request(question, QUESTION, (command, answer) -> {});
    } catch (IOException gone) {
      close(true);
    } finally {
      ASKING.set(false);
    }
  }

  @Override
  protected void doHandleMessage(Buffer message) throws Exception {
    int command = message.array()[message.rpos()] & 0xFF;
    boolean answer =
        command == SshConstants.SSH_MSG_REQUEST_SUCCESS
            || command == SshConstants.SSH_MSG_REQUEST_FAILURE;
    ASKING.set(answer); // a server asks nothing else (RFC 4254 §4)
    try {
      super.doHandleMessage(message);
    } finally {
      ASKING.set(false);
    }
  }

  @Override
  public Instant resetIdleTimeout() {
    Instant start = ASKING.get() ? getIdleTimeoutStart() : null;
    return start == null ? super.resetIdleTimeout() : start;
  }
}
