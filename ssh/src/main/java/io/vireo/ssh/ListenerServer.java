package io.vireo.ssh;

import io.vireo.datastore.api.UserDirectory;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousSocketChannel;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import jdk.net.ExtendedSocketOptions;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.io.IoAcceptor;
import org.apache.sshd.common.io.IoSession;
import org.apache.sshd.common.io.nio2.Nio2Session;
import org.apache.sshd.common.kex.KexFactoryManager;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionDisconnectHandler;
import org.apache.sshd.common.session.helpers.AbstractSession;
import org.apache.sshd.common.session.helpers.TimeoutIndicator;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.apache.sshd.server.session.SessionFactory;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One listener's MINA server. What it is asked to be may change while sessions are open, also that
/// it listens at all: its sessions stay.
final class ListenerServer {
  private static final int NIO_WORKERS = 2;
  private static final int MAX_AUTH_REQUESTS = 10;
  private static final int BACKLOG = 1024;
  private static final long WINDOW_BYTES = 1 << 20;

  private static final Logger LOG = LoggerFactory.getLogger(ListenerServer.class);

  /// Says which time is over: the library calls it a protocol error.
  private static final SessionDisconnectHandler TIMEOUTS =
      new SessionDisconnectHandler() {
        @Override
        public boolean handleTimeoutDisconnectReason(Session session, TimeoutIndicator timeout)
            throws IOException {
          long seconds = timeout.getThresholdValue().toSeconds();
          session.disconnect(
              SshConstants.SSH2_DISCONNECT_BY_APPLICATION,
              timeout.getStatus() == TimeoutIndicator.TimeoutStatus.IdleTimeout
                  ? "idle for more than " + seconds + " s"
                  : "not logged in within " + seconds + " s");
          return true;
        }
      };

  private final Acceptor server = (Acceptor) ServerBuilder.builder().factory(Acceptor::new).build();
  private final InetSocketAddress bindTo;
  private volatile SshListener listener;
  private volatile Identity identity;
  private volatile boolean serving;
  private volatile boolean retired;

  ListenerServer(SshListener listener, Shared shared) throws IOException {
    this.listener = listener;
    this.identity = Identity.of(listener.transport(), shared.hostKey());
    this.bindTo = listener.address();
    server.setHost(bindTo.getAddress().getHostAddress());
    server.setPort(bindTo.getPort());
    CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "VIREO");
    CoreModuleProperties.NIO_WORKERS.set(server, NIO_WORKERS);
    CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, MAX_AUTH_REQUESTS);
    CoreModuleProperties.WINDOW_SIZE.set(server, WINDOW_BYTES);
    CoreModuleProperties.SOCKET_BACKLOG.set(server, BACKLOG);
    CoreModuleProperties.SOCKET_KEEPALIVE.set(server, true);
    CoreModuleProperties.SOCKET_REUSEADDR.set(server, true);
    CoreModuleProperties.TCP_NODELAY.set(server, true);
    CoreModuleProperties.STOP_WAIT_TIME.set(server, Duration.ofSeconds(5));
    authenticate(
        new Authenticator(this::name, shared.users(), shared.throttle(), shared.hashing()));
    server.addSessionListener(new ConnectionGuard(this, shared.register(), shared.throttle()));
    server.setSessionFactory(new WatchedSessions(server));
    server.setSessionDisconnectHandler(TIMEOUTS);
    be(listener, shared.settings(), shared.hostKey());
  }

  /// What all listeners of an endpoint have in common.
  record Shared(
      SshSettings settings,
      KeyPair hostKey,
      UserDirectory users,
      LoginThrottle throttle,
      SessionRegister register,
      ExecutorService hashing) {}

  /// With what a session's key exchanges are made.
  private record Identity(AlgorithmPolicy algorithms, KeyPairProvider keys) {
    static Identity of(SshTransport transport, KeyPair own) throws IOException {
      List<KeyPair> keys = transport.keysOr(own);
      return new Identity(AlgorithmPolicy.of(transport, keys), KeyPairProvider.wrap(keys));
    }

    void give(KexFactoryManager holder) {
      holder.setKeyExchangeFactories(algorithms.keyExchanges());
      holder.setCipherFactories(algorithms.ciphers());
      holder.setMacFactories(algorithms.macs());
      holder.setSignatureFactories(algorithms.signatures());
    }
  }

  /// MINA's server, which can stop to listen without ending its sessions.
  private static final class Acceptor extends SshServer {
    void unbind() {
      if (acceptor != null) { // it goes with a stopped server
        acceptor.unbind();
      }
    }

    List<AbstractSession> sessions() {
      IoAcceptor open = acceptor;
      List<AbstractSession> sessions = new ArrayList<>();
      if (open != null) {
        for (IoSession each : open.getManagedSessions().values()) {
          AbstractSession session = AbstractSession.getSession(each, true);
          if (session != null) {
            sessions.add(session);
          }
        }
      }
      return sessions;
    }

    void bind(InetSocketAddress address) throws IOException {
      acceptor.bind(address);
    }
  }

  private final class WatchedSessions extends SessionFactory {
    WatchedSessions(SshServer server) {
      super(server);
    }

    @Override
    protected WatchedSession doCreateSession(IoSession transport) throws Exception {
      SshTransport.TcpKeepalive keepalive = listener.transport().tcpKeepalive();
      if (keepalive != null && transport instanceof Nio2Session nio) {
        AsynchronousSocketChannel socket = nio.getSocket();
        socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, keepalive.idleTime());
        socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, keepalive.maxProbes());
        socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, keepalive.probeInterval());
      }
      WatchedSession session = new WatchedSession(getServer(), transport);
      Identity now = identity; // for its next key exchanges, too
      now.give(session);
      session.setKeyPairProvider(now.keys());
      return session;
    }
  }

  String name() {
    return listener.name();
  }

  SshListener listener() {
    return listener;
  }

  /// Whether new connections are wanted.
  boolean isServing() {
    return serving;
  }

  /// Takes parameters that were checked before. Sessions that are there keep their host keys and
  /// algorithms; timeouts are new for them too.
  void be(SshListener wanted, SshSettings settings, KeyPair ownHostKey) throws IOException {
    Identity next = Identity.of(wanted.transport(), ownHostKey);
    next.give(server);
    server.setKeyPairProvider(next.keys());
    identity = next;
    listener = wanted;
    bound(settings);
    openDoors(wanted);
  }

  private void bound(SshSettings settings) {
    CoreModuleProperties.AUTH_TIMEOUT.set(server, settings.loginTimeout());
    CoreModuleProperties.IDLE_TIMEOUT.set(server, settings.idleTimeout());
    // The transport's own read timeout must not end a session before the idle timeout does.
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(
        server,
        settings.idleTimeout().isZero()
            ? Duration.ZERO
            : settings.idleTimeout().plus(Duration.ofSeconds(15)));
    CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(
        server, settings.limits().channelsPerConnection());
  }

  private void authenticate(Authenticator authenticator) {
    server.setUserAuthFactories(
        List.of(
            new UserAuthPublicKeyFactory(AlgorithmPolicy.allSignatures()),
            UserAuthPasswordFactory.INSTANCE));
    server.setPublickeyAuthenticator(authenticator);
    server.setPasswordAuthenticator(authenticator);
    server.setKeyboardInteractiveAuthenticator(null);
    server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    server.setAgentFactory(null);
    server.setChannelFactories(List.of(ChannelSessionFactory.INSTANCE));
    server.setGlobalRequestHandlers(List.of(NoMoreSessionsHandler.INSTANCE));
  }

  private void openDoors(SshListener wanted) {
    List<SubsystemFactory> subsystems = new ArrayList<>();
    for (Map.Entry<String, SubsystemDoor> entry : wanted.subsystems().entrySet()) {
      subsystems.add(new DoorSubsystem(entry.getKey(), entry.getValue()));
    }
    server.setSubsystemFactories(subsystems);
    ShellDoor shell = wanted.shell();
    if (shell == null) {
      server.setShellFactory(null);
      server.setCommandFactory(null);
    } else {
      server.setShellFactory(
          channel -> new DoorCommand(wanted.name(), "shell", null, channel, shell::serve));
      server.setCommandFactory(
          (channel, line) -> new DoorCommand(wanted.name(), "exec", line, channel, shell::serve));
    }
  }

  private final class DoorSubsystem implements SubsystemFactory {
    private final String name;
    private final SubsystemDoor door;

    DoorSubsystem(String name, SubsystemDoor door) {
      this.name = name;
      this.door = door;
    }

    @Override
    public String getName() {
      return name;
    }

    @Override
    public Command createSubsystem(ChannelSession channel) {
      return new DoorCommand(
          name(),
          name,
          null,
          channel,
          opened -> {
            door.serve(opened);
            return 0;
          });
    }
  }

  /// Binds, and refuses connections until it serves. The error names the address and what to do.
  void start() throws IOException {
    try {
      if (server.isStarted()) {
        server.bind(bindTo);
      } else {
        server.start();
      }
    } catch (IOException | RuntimeException e) {
      if (!server.isStarted()) {
        server.close(true); // stop() leaves alone what was not started, with its threads
      }
      throw new IOException(explain(e), e);
    }
  }

  void serve() {
    if (!serving) {
      serving = true;
      Audit.record(AuditEvent.LISTENING, name(), null, Peer.text(address()), "");
    }
  }

  /// Leaves the port; sessions go on.
  void unbind() {
    server.unbind();
  }

  /// Takes no more connections; its sessions go on, and with the last of them it ends.
  void retire() {
    serving = false;
    retired = true;
    unbind();
    Audit.record(AuditEvent.STOPPED, name(), null, Peer.text(bindTo), "");
    onSessionClosed();
  }

  void onSessionClosed() {
    if (retired) {
      endIfEmpty();
    }
  }

  /// Whether it ends, as nobody is left.
  boolean endIfEmpty() {
    boolean empty = server.sessions().isEmpty();
    if (empty) {
      // Not here: a session may be being closed on a thread of the server's.
      Thread.ofVirtual().start(this::end);
    }
    return empty;
  }

  private void end() {
    try {
      server.stop(true);
    } catch (IOException nothingLeft) {
      LOG.debug("{} ended: {}", name(), nothingLeft.toString());
    }
  }

  /// To be called about each second.
  void watch() {
    SshTransport.Keepalive keepalive = listener.transport().keepalive();
    if (keepalive != null) {
      for (AbstractSession session : server.sessions()) {
        if (session instanceof WatchedSession watched) {
          watched.watch(keepalive, name());
        }
      }
    }
  }

  private String explain(Exception e) {
    String where = Peer.text(bindTo);
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof BindException)) {
      cause = cause.getCause();
    }
    String reason = String.valueOf(cause.getMessage());
    if (reason.contains("in use")) {
      return where
          + " is in use by another program, so "
          + name()
          + " can't listen there: stop that program (ss -ltnp names it) or choose another port";
    }
    if (reason.contains("assign")) {
      return where
          + " is not an address of this machine, so "
          + name()
          + " can't listen there: choose one that `ip address` lists, or 0.0.0.0 for all";
    }
    if (reason.contains("ermission")) {
      return where
          + " may not be opened by this user, so "
          + name()
          + " can't listen there: choose a port above 1023 or give CAP_NET_BIND_SERVICE";
    }
    return name() + " can't listen on " + where + ": " + reason;
  }

  /// Where it listens now.
  InetSocketAddress address() {
    return new InetSocketAddress(bindTo.getAddress(), server.getPort());
  }

  /// Ends it with its sessions.
  void stop() throws IOException {
    boolean served = serving;
    serving = false;
    server.stop(true);
    if (served) {
      Audit.record(AuditEvent.STOPPED, name(), null, Peer.text(bindTo), "");
    }
  }
}
