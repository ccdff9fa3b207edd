package io.vireo.netconf;

import io.vireo.datastore.api.UserDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelSubsystem;
import org.apache.sshd.client.session.ClientSession;

/// A NETCONF client of few words: sends and receives messages as text.
final class TestClient implements AutoCloseable {
  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";

  /// One user, whose password is `password`.
  static final UserDirectory USERS =
      name ->
          Optional.of(
              new UserDirectory.User(
                  name,
                  "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ"
                      + "$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                  List.of()));

  private final SshClient ssh;
  private final ClientSession session;
  private final ChannelSubsystem channel;
  private final boolean chunks;
  private final String hello;

  private TestClient(SshClient ssh, ClientSession session, ChannelSubsystem channel, boolean chunks)
      throws IOException {
    this.ssh = ssh;
    this.session = session;
    this.channel = channel;
    this.chunks = chunks;
    sendRaw(
        "<hello xmlns='"
            + BASE
            + "'><capabilities><capability>urn:ietf:params:netconf:base:1."
            + (chunks ? "1" : "0")
            + "</capability></capabilities></hello>]]>]]>");
    hello = receiveMarked();
  }

  static TestClient open(InetSocketAddress address, boolean chunks) throws IOException {
    return open(address, "admin", chunks);
  }

  static TestClient open(InetSocketAddress address, String user, boolean chunks)
      throws IOException {
    SshClient ssh = SshClient.setUpDefaultClient();
    ssh.setServerKeyVerifier((session, remote, key) -> true);
    ssh.start();
    ClientSession session = ssh.connect(user, address).verify(WAIT).getSession();
    session.addPasswordIdentity("password");
    session.auth().verify(WAIT);
    ChannelSubsystem channel = session.createSubsystemChannel("netconf");
    channel.open().verify(WAIT);
    return new TestClient(ssh, session, channel, chunks);
  }

  static String rpc(String id, String operation) {
    return "<rpc xmlns='" + BASE + "' message-id='" + id + "'>" + operation + "</rpc>";
  }

  String hello() {
    return hello;
  }

  String sessionId() {
    Matcher matcher = Pattern.compile("<session-id>(\\d+)<").matcher(hello);
    return matcher.find() ? matcher.group(1) : "none";
  }

  String call(String operation) throws IOException {
    send(rpc("1", operation));
    return receive();
  }

  String frame(String message) {
    int size = message.getBytes(StandardCharsets.UTF_8).length;
    return chunks ? "\n#" + size + "\n" + message + "\n##\n" : message + "]]>]]>";
  }

  void send(String message) throws IOException {
    sendRaw(frame(message));
  }

  void sendRaw(String text) throws IOException {
    channel.getInvertedIn().write(text.getBytes(StandardCharsets.UTF_8));
    channel.getInvertedIn().flush();
  }

  String receive() throws IOException {
    return chunks ? receiveChunks() : receiveMarked();
  }

  boolean isEnded() throws IOException {
    InputStream in = channel.getInvertedOut();
    try {
      return in.read() < 0;
    } catch (IOException e) {
      return true;
    }
  }

  private String receiveMarked() throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.length() < 6 || !text.substring(text.length() - 6).equals("]]>]]>")) {
      text.append((char) octet());
    }
    return text.substring(0, text.length() - 6);
  }

  private String receiveChunks() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    while (true) {
      expect('\n');
      expect('#');
      int octet = octet();
      if (octet == '#') {
        expect('\n');
        return message.toString(StandardCharsets.UTF_8);
      }
      int size = 0;
      for (; octet != '\n'; octet = octet()) {
        size = size * 10 + Character.digit(octet, 10);
      }
      message.write(channel.getInvertedOut().readNBytes(size));
    }
  }

  private void expect(char wanted) throws IOException {
    int octet = octet();
    if (octet != wanted) {
      throw new IOException("octet " + octet + " where " + (int) wanted + " is due");
    }
  }

  private int octet() throws IOException {
    int octet = channel.getInvertedOut().read();
    if (octet < 0) {
      throw new IOException("the server ended the session");
    }
    return octet;
  }

  @Override
  public void close() {
    session.close(true);
    ssh.stop();
  }
}
