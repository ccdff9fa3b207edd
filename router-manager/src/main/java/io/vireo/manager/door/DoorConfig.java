package io.vireo.manager.door;

import io.vireo.records.device.DeviceRoot;
import io.vireo.records.device.ietfinettypes.IpAddress;
import io.vireo.records.device.ietfsshcommon.SshEncryptionAlgorithm;
import io.vireo.records.device.ietfsshcommon.SshKeyExchangeAlgorithm;
import io.vireo.records.device.ietfsshcommon.SshMacAlgorithm;
import io.vireo.records.device.ietfsshcommon.SshPublicKeyAlgorithm;
import io.vireo.records.device.vireosshserver.SshServer;
import io.vireo.records.device.vireosshserver.SshServer.Endpoint;
import io.vireo.records.device.vireosshserver.SshServer.Endpoint.SshServerParameters;
import io.vireo.records.device.vireosshserver.SshServer.Endpoint.TcpServerParameters;
import io.vireo.ssh.LoginThrottle;
import io.vireo.ssh.SessionLimits;
import io.vireo.ssh.SshListener;
import io.vireo.ssh.SshSettings;
import io.vireo.ssh.SshTransport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Reads `/vireo-ssh-server:ssh-server`, with the keystore that its host keys may stand in.
final class DoorConfig {
  private static final int TCP_IDLE_S = 7200;
  private static final int TCP_PROBES = 9;
  private static final int TCP_INTERVAL_S = 75;
  private static final int KERNEL_MAX_S = 32_767;
  private static final int KERNEL_MAX_PROBES = 127;
  private static final int KEEPALIVE_WAIT_S = 30;
  private static final int KEEPALIVE_ATTEMPTS = 3;

  private final SshSettings defaults;
  private final SshListener netconf;
  private final SshListener cli;

  /// @param defaults what holds where nothing is configured
  /// @param netconf where NETCONF listens while no endpoint of its is configured
  /// @param cli the same for the command line
  DoorConfig(SshSettings defaults, SshListener netconf, SshListener cli) {
    this.defaults = defaults;
    this.netconf = netconf;
    this.cli = cli;
  }

  /// What holds where nothing is configured.
  DoorPlan defaults() {
    return new DoorPlan(defaults, List.of(netconf, cli));
  }

  /// The plan that a device's tree makes.
  DoorPlan read(DeviceRoot root) throws BadEndpointException {
    SshServer server = root.sshServer();
    if (server == null) {
      return defaults();
    }
    List<SshListener> listeners = new ArrayList<>();
    HostKeys hostKeys = new HostKeys(root.keystore());
    boolean hasNetconf = false;
    boolean hasCli = false;
    for (Endpoint endpoint : server.endpoint()) {
      boolean isCli = endpoint.service() == Endpoint.Service.CLI;
      hasCli |= isCli;
      hasNetconf |= !isCli;
      listeners.addAll(listeners(endpoint, isCli ? cli : netconf, hostKeys));
    }
    if (!hasNetconf) {
      listeners.addFirst(netconf);
    }
    if (!hasCli) {
      listeners.add(cli);
    }
    refuseDoubles(listeners);
    return new DoorPlan(settings(server), listeners);
  }

  private static void refuseDoubles(List<SshListener> listeners) throws BadEndpointException {
    Map<InetSocketAddress, String> taken = new HashMap<>();
    for (SshListener each : listeners) {
      String other =
          each.address().getPort() == 0 ? null : taken.putIfAbsent(each.address(), each.name());
      if (other != null) {
        throw new BadEndpointException(
            each.name(),
            each.address().getAddress().getHostAddress()
                + " port "
                + each.address().getPort()
                + " is "
                + other
                + "'s: choose another");
      }
    }
  }

  private SshSettings settings(SshServer server) {
    SshServer.Limits limits = server.limits();
    SshServer.LoginThrottle throttle = server.loginThrottle();
    SessionLimits usual = defaults.limits();
    LoginThrottle.Limits usualThrottle = defaults.throttle();
    return new SshSettings(
        defaults.hostKeyFile(),
        server.loginTimeout() == null
            ? defaults.loginTimeout()
            : Duration.ofSeconds(server.loginTimeout()),
        server.idleTimeout() == null
            ? defaults.idleTimeout()
            : Duration.ofSeconds(server.idleTimeout()),
        limits == null
            ? usual
            : new SessionLimits(
                or(limits.sessions(), usual.total()),
                or(limits.sessionsPerAddress(), usual.perAddress()),
                or(limits.sessionsPerUser(), usual.perUser()),
                or(limits.pendingLogins(), usual.unauthenticated()),
                or(limits.channelsPerSession(), usual.channelsPerConnection())),
        throttle == null
            ? usualThrottle
            : new LoginThrottle.Limits(
                or(throttle.failures(), usualThrottle.burst()),
                throttle.recoveryTime() == null
                    ? usualThrottle.refillNs()
                    : TimeUnit.SECONDS.toNanos(throttle.recoveryTime())));
  }

  private static List<SshListener> listeners(
      Endpoint endpoint, SshListener service, HostKeys hostKeys) throws BadEndpointException {
    TcpServerParameters tcp = endpoint.tcpServerParameters();
    SshTransport transport = transport(endpoint, hostKeys);
    List<SshListener> listeners = new ArrayList<>();
    for (TcpServerParameters.LocalBind bind :
        tcp == null ? List.<TcpServerParameters.LocalBind>of() : tcp.localBind()) {
      Integer port = bind.localPort();
      if (port == null || port == 0) {
        throw new BadEndpointException(endpoint.name(), "local-port 0 is no port: choose 1..65535");
      }
      listeners.add(
          service.at(
              endpoint.name(),
              new InetSocketAddress(address(endpoint.name(), bind.localAddress()), port),
              transport));
    }
    return listeners;
  }

  private static InetAddress address(String endpoint, IpAddress address)
      throws BadEndpointException {
    String text =
        switch (address) {
          case IpAddress.OfIpv4Address v4 -> v4.value().value();
          case IpAddress.OfIpv6Address v6 -> v6.value().value();
        };
    try {
      return InetAddress.getByName(text); // never a name: the type sees to it
    } catch (IOException unknownZone) {
      throw new BadEndpointException(
          endpoint, text + " is not an address of this machine: " + unknownZone.getMessage());
    }
  }

  private static SshTransport transport(Endpoint endpoint, HostKeys hostKeys)
      throws BadEndpointException {
    SshServerParameters ssh = endpoint.sshServerParameters();
    TcpServerParameters tcp = endpoint.tcpServerParameters();
    List<KeyPair> keys = new ArrayList<>();
    SshServerParameters.ServerIdentity identity = ssh == null ? null : ssh.serverIdentity();
    if (identity != null) {
      for (SshServerParameters.ServerIdentity.HostKey key : identity.hostKey()) {
        try {
          keys.add(hostKeys.read(key));
        } catch (IOException wrong) {
          throw new BadEndpointException(
              endpoint.name(), "host key " + key.name() + ": " + wrong.getMessage());
        }
      }
    }
    SshServerParameters.TransportParams params = ssh == null ? null : ssh.transportParams();
    SshTransport transport =
        new SshTransport(
            keys,
            hostKeyAlgorithms(params),
            keyExchanges(params),
            ciphers(params),
            macs(params),
            keepalive(ssh == null ? null : ssh.keepalives()),
            tcpKeepalive(endpoint.name(), tcp == null ? null : tcp.keepalives()));
    try {
      transport.check();
    } catch (IOException wrong) {
      throw new BadEndpointException(endpoint.name(), String.valueOf(wrong.getMessage()));
    }
    return transport;
  }

  private static SshTransport.@Nullable Keepalive keepalive(
      SshServerParameters.@Nullable Keepalives given) {
    return given == null
        ? null
        : new SshTransport.Keepalive(
            Duration.ofSeconds(or(given.maxWait(), KEEPALIVE_WAIT_S)),
            or(given.maxAttempts(), KEEPALIVE_ATTEMPTS));
  }

  private static SshTransport.@Nullable TcpKeepalive tcpKeepalive(
      String endpoint, TcpServerParameters.@Nullable Keepalives given) throws BadEndpointException {
    if (given == null) {
      return null;
    }
    return new SshTransport.TcpKeepalive(
        atMost(endpoint, "idle-time", or(given.idleTime(), TCP_IDLE_S), KERNEL_MAX_S),
        atMost(endpoint, "max-probes", or(given.maxProbes(), TCP_PROBES), KERNEL_MAX_PROBES),
        atMost(
            endpoint, "probe-interval", or(given.probeInterval(), TCP_INTERVAL_S), KERNEL_MAX_S));
  }

  // The model allows more than the kernel does (tcp(7)).
  private static int atMost(String endpoint, String leaf, int value, int most)
      throws BadEndpointException {
    if (value > most) {
      throw new BadEndpointException(
          endpoint,
          "TCP keepalives' " + leaf + " " + value + ": the kernel takes " + most + " at most");
    }
    return value;
  }

  private static List<String> hostKeyAlgorithms(
      SshServerParameters.@Nullable TransportParams params) {
    return params == null || params.hostKey() == null
        ? List.of()
        : params.hostKey().hostKeyAlg().stream()
            .map(each ->
                switch (each) {
                  case SshPublicKeyAlgorithm.OfSshPublicKeyAlgorithm known ->
                      known.value().yangName();
                  case SshPublicKeyAlgorithm.OfStringNode own -> own.value();
                })
            .toList();
  }

  private static List<String> keyExchanges(SshServerParameters.@Nullable TransportParams params) {
    return params == null || params.keyExchange() == null
        ? List.of()
        : params.keyExchange().keyExchangeAlg().stream()
            .map(each ->
                switch (each) {
                  case SshKeyExchangeAlgorithm.OfSshKeyExchangeAlgorithm known ->
                      known.value().yangName();
                  case SshKeyExchangeAlgorithm.OfStringNode own -> own.value();
                })
            .toList();
  }

  private static List<String> ciphers(SshServerParameters.@Nullable TransportParams params) {
    return params == null || params.encryption() == null
        ? List.of()
        : params.encryption().encryptionAlg().stream()
            .map(each ->
                switch (each) {
                  case SshEncryptionAlgorithm.OfSshEncryptionAlgorithm known ->
                      known.value().yangName();
                  case SshEncryptionAlgorithm.OfStringNode own -> own.value();
                })
            .toList();
  }

  private static List<String> macs(SshServerParameters.@Nullable TransportParams params) {
    return params == null || params.mac() == null
        ? List.of()
        : params.mac().macAlg().stream()
            .map(each ->
                switch (each) {
                  case SshMacAlgorithm.OfSshMacAlgorithm known -> known.value().yangName();
                  case SshMacAlgorithm.OfStringNode own -> own.value();
                })
            .toList();
  }

  private static int or(@Nullable Integer configured, int otherwise) {
    return configured == null ? otherwise : configured;
  }
}
