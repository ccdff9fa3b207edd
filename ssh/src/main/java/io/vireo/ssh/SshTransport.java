package io.vireo.ssh;

import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How a listener speaks SSH and TCP, in the terms of RFC 9644 and RFC 9643.
///
/// @param hostKeys its keys, best first; empty: the endpoint's own
/// @param hostKeyAlgorithms what is negotiated, best first; empty: what the policy says
/// @param keyExchanges likewise
/// @param ciphers likewise
/// @param macs likewise
/// @param keepalive when a silent client is asked whether it is there; null: never
/// @param tcpKeepalive the same by TCP; null: as the kernel does
public record SshTransport(
    List<KeyPair> hostKeys,
    List<String> hostKeyAlgorithms,
    List<String> keyExchanges,
    List<String> ciphers,
    List<String> macs,
    @Nullable Keepalive keepalive,
    @Nullable TcpKeepalive tcpKeepalive) {
  /// What the endpoint does by itself.
  public static final SshTransport DEFAULT =
      new SshTransport(List.of(), List.of(), List.of(), List.of(), List.of(), null, null);

  public SshTransport {
    hostKeys = List.copyOf(hostKeys);
    hostKeyAlgorithms = List.copyOf(hostKeyAlgorithms);
    keyExchanges = List.copyOf(keyExchanges);
    ciphers = List.copyOf(ciphers);
    macs = List.copyOf(macs);
  }

  /// SSH-level keepalive (RFC 9644 §4.3, `keepalives`).
  ///
  /// @param maxWait silence after which the client is asked
  /// @param maxAttempts questions without an answer after which the session ends
  public record Keepalive(Duration maxWait, int maxAttempts) {}

  /// TCP keepalive (RFC 9643 §2.3, `keepalives`).
  ///
  /// @param idleTime silence before the first probe, s
  /// @param maxProbes probes without an answer after which the connection ends
  /// @param probeInterval time between probes, s
  public record TcpKeepalive(int idleTime, int maxProbes, int probeInterval) {}

  /// Refuses algorithms that the endpoint has not, or that it holds for too weak: the error names
  /// them and those that there are.
  public void check() throws IOException {
    AlgorithmPolicy.of(this, hostKeys);
  }

  /// The keys that a listener shows.
  List<KeyPair> keysOr(KeyPair own) {
    return hostKeys.isEmpty() ? List.of(own) : hostKeys;
  }

  @Override
  public String toString() {
    return "SshTransport of " + hostKeys.size() + " host keys"; // and never the keys
  }
}
