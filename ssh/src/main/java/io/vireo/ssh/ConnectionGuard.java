package io.vireo.ssh;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.Optional;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;

/// Watches the connections of one listener: refuses those beyond the limits or from an address that
/// guesses, counts the others, and tells the audit who came and went.
final class ConnectionGuard implements SessionListener {
  private final ListenerServer server;
  private final SessionRegister register;
  private final LoginThrottle throttle;

  ConnectionGuard(ListenerServer server, SessionRegister register, LoginThrottle throttle) {
    this.server = server;
    this.register = register;
    this.throttle = throttle;
  }

  @Override
  public void sessionCreated(Session session) {
    SocketAddress remote = session.getIoSession().getRemoteAddress();
    String address = Peer.address(remote);
    Optional<String> refusal = refusal(address);
    if (refusal.isPresent()) {
      Audit.record(
          AuditEvent.CONNECTION_REFUSED, server.name(), null, Peer.text(remote), refusal.get());
      session.getIoSession().close(true); // before anything was sent or computed for it
    } else if (register.onOpened(session, address) instanceof Session oldest) {
      record(AuditEvent.CONNECTION_REFUSED, oldest, "gave way: too many are not logged in");
      oldest.close(true);
    }
  }

  private Optional<String> refusal(String address) {
    if (!server.isServing()) {
      return Optional.of("the endpoint is not there yet, or no more");
    }
    return throttle.mayTry(address, System.nanoTime())
        ? register.refusal(address)
        : Optional.of("too many failed log-ins from this address");
  }

  @Override
  public void sessionEvent(Session session, Event event) {
    if (event != Event.Authenticated) {
      return;
    }
    SocketAddress remote = session.getIoSession().getRemoteAddress();
    throttle.onSuccess(Peer.address(remote));
    if (register.onLogin(session, LoginName.of(session.getUsername()).user())) {
      record(AuditEvent.LOGIN_ACCEPTED, session, "");
    } else {
      record(AuditEvent.LOGIN_REFUSED, session, "limit of sessions per user");
      disconnect(session);
    }
  }

  @Override
  public void sessionClosed(Session session) {
    register.onClosed(session);
    if (session.isAuthenticated()) {
      record(AuditEvent.LOGOUT, session, "");
    }
    session.addCloseFutureListener(closed -> server.onSessionClosed()); // it is there till then
  }

  private static void disconnect(Session session) {
    try {
      // RFC 4253 §11.1
      session.disconnect(
          SshConstants.SSH2_DISCONNECT_TOO_MANY_CONNECTIONS,
          "too many sessions of this user: close one first");
    } catch (IOException e) {
      session.close(true); // it is going anyway
    }
  }

  private void record(AuditEvent event, Session session, String detail) {
    Audit.record(
        event,
        server.name(),
        session.getUsername(),
        Peer.text(session.getIoSession().getRemoteAddress()),
        detail);
  }
}
