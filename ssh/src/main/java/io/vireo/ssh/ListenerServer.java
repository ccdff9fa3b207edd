package io.vireo.ssh;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.apache.sshd.server.subsystem.SubsystemFactory;

/// One listener's MINA server.
final class ListenerServer {
  private static final int NIO_WORKERS = 2;
  private static final int MAX_AUTH_REQUESTS = 10;
  private static final long WINDOW_BYTES = 1 << 20;

  private final SshListener listener;
  private final SshServer server;

  ListenerServer(
      SshListener listener,
      SshSettings settings,
      KeyPair hostKey,
      Authenticator authenticator,
      ConnectionGuard guard) {
    this.listener = listener;
    server = SshServer.setUpDefaultServer();
    server.setHost(listener.address().getAddress().getHostAddress());
    server.setPort(listener.address().getPort());
    server.setKeyPairProvider(KeyPairProvider.wrap(hostKey));
    negotiate();
    bound(settings);
    authenticate(authenticator);
    server.addSessionListener(guard);
    openDoors();
  }

  private void negotiate() {
    server.setKeyExchangeFactories(AlgorithmPolicy.keyExchanges());
    server.setCipherFactories(AlgorithmPolicy.ciphers());
    server.setMacFactories(AlgorithmPolicy.macs());
    server.setSignatureFactories(AlgorithmPolicy.signatures());
    CoreModuleProperties.SERVER_IDENTIFICATION.set(server, "VIREO");
  }

  private void bound(SshSettings settings) {
    CoreModuleProperties.NIO_WORKERS.set(server, NIO_WORKERS);
    CoreModuleProperties.AUTH_TIMEOUT.set(server, settings.loginTimeout());
    CoreModuleProperties.IDLE_TIMEOUT.set(server, settings.idleTimeout());
    // The transport's own read timeout must not end a session before the idle timeout does.
    CoreModuleProperties.NIO2_READ_TIMEOUT.set(
        server,
        settings.idleTimeout().isZero()
            ? Duration.ZERO
            : settings.idleTimeout().plus(Duration.ofSeconds(15)));
    CoreModuleProperties.MAX_AUTH_REQUESTS.set(server, MAX_AUTH_REQUESTS);
    CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(
        server, settings.limits().channelsPerConnection());
    CoreModuleProperties.WINDOW_SIZE.set(server, WINDOW_BYTES);
    CoreModuleProperties.SOCKET_KEEPALIVE.set(server, true);
    CoreModuleProperties.SOCKET_REUSEADDR.set(server, true);
    CoreModuleProperties.TCP_NODELAY.set(server, true);
    CoreModuleProperties.STOP_WAIT_TIME.set(server, Duration.ofSeconds(5));
  }

  private void authenticate(Authenticator authenticator) {
    server.setUserAuthFactories(
        List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
    server.setPublickeyAuthenticator(authenticator);
    server.setPasswordAuthenticator(authenticator);
    server.setKeyboardInteractiveAuthenticator(null);
    server.setForwardingFilter(RejectAllForwardingFilter.INSTANCE);
    server.setAgentFactory(null);
    server.setChannelFactories(List.of(ChannelSessionFactory.INSTANCE));
    server.setGlobalRequestHandlers(List.of(NoMoreSessionsHandler.INSTANCE));
  }

  private void openDoors() {
    List<SubsystemFactory> subsystems = new ArrayList<>();
    for (Map.Entry<String, SubsystemDoor> entry : listener.subsystems().entrySet()) {
      subsystems.add(new DoorSubsystem(entry.getKey(), entry.getValue()));
    }
    server.setSubsystemFactories(subsystems);
    ShellDoor shell = listener.shell();
    if (shell != null) {
      server.setShellFactory(
          channel -> new DoorCommand(listener.name(), "shell", null, channel, shell::serve));
      server.setCommandFactory(
          (channel, line) -> new DoorCommand(listener.name(), "exec", line, channel, shell::serve));
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
          listener.name(),
          name,
          null,
          channel,
          opened -> {
            door.serve(opened);
            return 0;
          });
    }
  }

  /// Listens. The error names the address and what to do.
  void start() throws IOException {
    try {
      server.start();
    } catch (IOException e) {
      throw new IOException(explain(e), e);
    }
    Audit.record(AuditEvent.LISTENING, listener.name(), null, Peer.text(address()), "");
  }

  private String explain(IOException e) {
    String where = Peer.text(listener.address());
    Throwable cause = e;
    while (cause.getCause() != null && !(cause instanceof BindException)) {
      cause = cause.getCause();
    }
    String reason = String.valueOf(cause.getMessage());
    if (reason.contains("in use")) {
      return where
          + " is in use by another program, so "
          + listener.name()
          + " can't listen there: stop that program (ss -ltnp names it) or choose another port";
    }
    if (reason.contains("assign")) {
      return where
          + " is not an address of this machine, so "
          + listener.name()
          + " can't listen there: choose one that `ip address` lists, or 0.0.0.0 for all";
    }
    if (reason.contains("ermission")) {
      return where
          + " may not be opened by this user, so "
          + listener.name()
          + " can't listen there: choose a port above 1023 or give CAP_NET_BIND_SERVICE";
    }
    return listener.name() + " can't listen on " + where + ": " + reason;
  }

  /// Where it listens now.
  InetSocketAddress address() {
    return new InetSocketAddress(listener.address().getAddress(), server.getPort());
  }

  void stop() throws IOException {
    server.stop(true);
    Audit.record(AuditEvent.STOPPED, listener.name(), null, Peer.text(listener.address()), "");
  }
}
