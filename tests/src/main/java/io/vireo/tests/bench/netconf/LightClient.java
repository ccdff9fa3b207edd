package io.vireo.tests.bench.netconf;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.List;
import org.apache.sshd.client.ClientBuilder;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelSubsystem;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.cipher.BuiltinCiphers;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.kex.BuiltinDHFactories;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.apache.sshd.core.CoreModuleProperties;

/// A NETCONF session that does little itself: requests are written as they are, answers counted.
final class LightClient implements AutoCloseable {
  static final String ALGORITHMS = "curve25519-sha256, ed25519 public key, aes128-gcm@openssh.com";

  private static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";
  private static final Duration WAIT = Duration.ofSeconds(60);
  private static final long ANSWER_S = 120;
  private static final long WINDOW_BYTES = 8 << 20;
  private static final byte[] HELLO =
      ("<hello xmlns='%s'><capabilities><capability>urn:ietf:params:netconf:base:1.1</capability>"
                  .formatted(BASE)
              + "</capabilities></hello>]]>]]>")
          .getBytes(StandardCharsets.UTF_8);

  private final ClientSession session;
  private final OutputStream requests;
  private final Inbox inbox;

  private LightClient(ClientSession session, OutputStream requests, Inbox inbox) {
    this.session = session;
    this.requests = requests;
    this.inbox = inbox;
  }

  /// The transport of all clients of a process.
  static SshClient transport() {
    SshClient ssh = SshClient.setUpDefaultClient();
    ssh.setServerKeyVerifier((session, remote, key) -> true);
    ssh.setKeyExchangeFactories(List.of(ClientBuilder.DH2KEX.apply(BuiltinDHFactories.curve25519)));
    ssh.setCipherFactories(List.of(BuiltinCiphers.aes128gcm));
    CoreModuleProperties.WINDOW_SIZE.set(ssh, WINDOW_BYTES);
    CoreModuleProperties.TCP_NODELAY.set(ssh, true);
    ssh.start();
    return ssh;
  }

  /// Reads a private key in OpenSSH's form.
  static KeyPair key(Path file) throws IOException {
    try {
      return SecurityUtils.getKeyPairResourceParser()
          .loadKeyPairs(null, file, FilePasswordProvider.EMPTY)
          .iterator()
          .next();
    } catch (GeneralSecurityException e) {
      throw new IOException("key " + file, e);
    }
  }

  /// Connects, logs in, opens the subsystem and exchanges hellos.
  static LightClient open(SshClient ssh, InetSocketAddress server, String user, KeyPair key)
      throws IOException {
    ClientSession session = ssh.connect(user, server).verify(WAIT).getSession();
    try {
      session.addPublicKeyIdentity(key);
      session.auth().verify(WAIT);
      ChannelSubsystem channel = session.createSubsystemChannel("netconf");
      Inbox inbox = new Inbox();
      channel.setOut(inbox);
      channel.open().verify(WAIT);
      OutputStream requests = channel.getInvertedIn();
      requests.write(HELLO);
      requests.flush();
      inbox.take(ANSWER_S);
      return new LightClient(session, requests, inbox);
    } catch (IOException e) {
      session.close(true);
      throw e;
    }
  }

  /// Sends an operation and waits for its answer.
  ///
  /// @throws IOException it was refused, too
  Inbox.Message call(String operation) throws IOException {
    byte[] rpc =
        ("<rpc xmlns='" + BASE + "' message-id='1'>" + operation + "</rpc>")
            .getBytes(StandardCharsets.UTF_8);
    byte[] header = ("\n#" + rpc.length + "\n").getBytes(StandardCharsets.US_ASCII);
    byte[] message = new byte[header.length + rpc.length + 4];
    System.arraycopy(header, 0, message, 0, header.length);
    System.arraycopy(rpc, 0, message, header.length, rpc.length);
    System.arraycopy(
        "\n##\n".getBytes(StandardCharsets.US_ASCII), 0, message, header.length + rpc.length, 4);
    requests.write(message);
    requests.flush();
    Inbox.Message answer = inbox.take(ANSWER_S);
    if (answer.head().contains("<rpc-error")) {
      throw new IOException("refused: " + answer.head());
    }
    return answer;
  }

  @Override
  public void close() {
    session.close(true);
  }
}
