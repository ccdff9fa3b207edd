package io.vireo.ssh;

import java.nio.file.Path;
import java.time.Duration;

/// What bounds the endpoint.
///
/// @param hostKeyFile the ed25519 host key, made when absent
/// @param loginTimeout how long a client may take to authenticate
/// @param idleTimeout how long an authenticated connection may be silent; zero: for ever
/// @param limits how many connections
/// @param throttle how many failed log-ins
public record SshSettings(
    Path hostKeyFile,
    Duration loginTimeout,
    Duration idleTimeout,
    SessionLimits limits,
    LoginThrottle.Limits throttle) {
  /// The usual bounds, with the host key in a state directory.
  public static SshSettings inDirectory(Path stateDirectory) {
    return new SshSettings(
        stateDirectory.resolve("ssh_host_ed25519_key"),
        Duration.ofSeconds(60),
        Duration.ofMinutes(60),
        SessionLimits.DEFAULT,
        LoginThrottle.Limits.DEFAULT);
  }

  public SshSettings withIdleTimeout(Duration timeout) {
    return new SshSettings(hostKeyFile, loginTimeout, timeout, limits, throttle);
  }

  public SshSettings withLimits(SessionLimits newLimits) {
    return new SshSettings(hostKeyFile, loginTimeout, idleTimeout, newLimits, throttle);
  }

  public SshSettings withThrottle(LoginThrottle.Limits newThrottle) {
    return new SshSettings(hostKeyFile, loginTimeout, idleTimeout, limits, newThrottle);
  }
}
