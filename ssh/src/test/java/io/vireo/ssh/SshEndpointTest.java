package io.vireo.ssh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.api.UserDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ChannelSubsystem;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.kex.KexProposalOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SshEndpointTest {
  private static final Duration WAIT = Duration.ofSeconds(20);
  private static final InetSocketAddress LOOPBACK =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @TempDir Path directory = Path.of("");
  private final SshClient client = SshClient.setUpDefaultClient();
  private final List<AutoCloseable> opened = new ArrayList<>();

  @BeforeEach
  void startClient() {
    client.setServerKeyVerifier((session, address, key) -> true);
    client.start();
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable closeable : opened.reversed()) {
      closeable.close();
    }
    client.stop();
  }

  private static final UserDirectory ADMIN =
      name ->
          name.equals("admin")
              ? Optional.of(
                  new UserDirectory.User(
                      "admin",
                      // "password", cheap to verify
                      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ"
                          + "$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                      List.of()))
              : Optional.empty();

  private SshEndpoint open(SshSettings settings, UserDirectory users, SshListener... listeners)
      throws IOException {
    SshEndpoint endpoint = SshEndpoint.open(settings, users, List.of(listeners));
    opened.add(endpoint);
    return endpoint;
  }

  private SshSettings settings() {
    return SshSettings.inDirectory(directory);
  }

  private ClientSession connect(SshEndpoint endpoint, String listener) throws IOException {
    ClientSession session =
        client.connect("admin", endpoint.address(listener)).verify(WAIT).getSession();
    opened.add(session);
    return session;
  }

  private ClientSession login(SshEndpoint endpoint, String listener) throws IOException {
    ClientSession session = connect(endpoint, listener);
    session.addPasswordIdentity("password");
    session.auth().verify(WAIT);
    return session;
  }

  private static final SubsystemDoor ECHO =
      channel -> {
        byte[] bytes = new byte[8192];
        for (int n = channel.input().read(bytes); n >= 0; n = channel.input().read(bytes)) {
          channel.output().write(bytes, 0, n);
          channel.output().flush();
        }
      };

  @Test
  void subsystem_bytesSent_doorGetsUserAndBytes() throws Exception {
    SshEndpoint endpoint =
        open(
            settings(),
            ADMIN,
            SshListener.netconf(
                LOOPBACK,
                channel -> {
                  channel.output().write((channel.user() + "\n").getBytes(StandardCharsets.UTF_8));
                  channel.output().flush();
                  ECHO.serve(channel);
                }));
    ChannelSubsystem channel = login(endpoint, "netconf").createSubsystemChannel("netconf");
    channel.open().verify(WAIT);
    byte[] payload = new byte[3_000_000];
    new java.util.Random(7).nextBytes(payload);
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(() -> {
          try (var in = channel.getInvertedIn()) {
            in.write(payload);
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
    InputStream in = channel.getInvertedOut();
    assertEquals("admin\n", new String(in.readNBytes(6), StandardCharsets.UTF_8));
    assertArrayEquals(payload, in.readNBytes(payload.length));
    sent.get(20, TimeUnit.SECONDS);
    assertEquals(-1, in.read());
  }

  @Test
  void exec_commandGiven_outputErrorAndStatusComeBack() throws Exception {
    SshEndpoint endpoint =
        open(
            settings(),
            ADMIN,
            SshListener.cli(
                LOOPBACK,
                channel -> {
                  channel.output().write(("out " + channel.command()).getBytes("UTF-8"));
                  channel.error().write("err".getBytes("UTF-8"));
                  return channel.terminal() == null ? 7 : 8;
                }));
    ChannelExec channel = login(endpoint, "cli").createExecChannel("show version");
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    channel.setOut(out);
    channel.setErr(err);
    channel.open().verify(WAIT);
    channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), WAIT);
    assertEquals("out show version", out.toString(StandardCharsets.UTF_8));
    assertEquals("err", err.toString(StandardCharsets.UTF_8));
    assertEquals(7, channel.getExitStatus());
  }

  @Test
  void shell_windowChanges_doorSeesTheSizes() throws Exception {
    CompletableFuture<PseudoTerminal.Size> first = new CompletableFuture<>();
    CompletableFuture<PseudoTerminal.Size> second = new CompletableFuture<>();
    SshEndpoint endpoint =
        open(
            settings(),
            ADMIN,
            SshListener.cli(
                LOOPBACK,
                channel -> {
                  PseudoTerminal terminal = channel.terminal();
                  if (terminal == null) {
                    return 1;
                  }
                  terminal.onResize(second::complete);
                  first.complete(terminal.size());
                  return channel.input().read() < 0 ? 0 : 2;
                }));
    ChannelShell channel = login(endpoint, "cli").createShellChannel();
    channel.setPtyType("xterm-256color");
    channel.setPtyColumns(120);
    channel.setPtyLines(40);
    channel.open().verify(WAIT);
    assertEquals(new PseudoTerminal.Size(120, 40), first.get(20, TimeUnit.SECONDS));
    channel.sendWindowChange(100, 50);
    assertEquals(new PseudoTerminal.Size(100, 50), second.get(20, TimeUnit.SECONDS));
  }

  @Test
  void clientGone_doorReading_readEnds() throws Exception {
    CompletableFuture<Integer> read = new CompletableFuture<>();
    CompletableFuture<Void> started = new CompletableFuture<>();
    SshEndpoint endpoint =
        open(
            settings(),
            ADMIN,
            SshListener.netconf(
                LOOPBACK,
                channel -> {
                  started.complete(null);
                  try {
                    read.complete(channel.input().read());
                  } catch (IOException e) {
                    read.complete(-1);
                    throw e;
                  }
                }));
    ClientSession session = login(endpoint, "netconf");
    session.createSubsystemChannel("netconf").open().verify(WAIT);
    started.get(20, TimeUnit.SECONDS);
    session.close(true);
    assertEquals(-1, read.get(20, TimeUnit.SECONDS));
  }

  @Test
  void channelClosedByDoor_clientSeesTheEnd() throws Exception {
    CompletableFuture<SshChannel> door = new CompletableFuture<>();
    SshEndpoint endpoint =
        open(
            settings(),
            ADMIN,
            SshListener.netconf(
                LOOPBACK,
                channel -> {
                  door.complete(channel);
                  int unused = channel.input().read();
                }));
    ChannelSubsystem channel = login(endpoint, "netconf").createSubsystemChannel("netconf");
    channel.open().verify(WAIT);
    door.get(20, TimeUnit.SECONDS).close();
    assertTrue(
        channel
            .waitFor(EnumSet.of(ClientChannelEvent.CLOSED), WAIT)
            .contains(ClientChannelEvent.CLOSED));
  }

  @Test
  void publicKey_authorizedOrNot_admittedOrNot() throws Exception {
    KeyPair known = KeyUtils.generateKeyPair("ssh-ed25519", 256);
    KeyPair unknown = KeyUtils.generateKeyPair("ecdsa-sha2-nistp256", 256);
    UserDirectory users =
        name ->
            Optional.of(
                new UserDirectory.User(
                    name,
                    null,
                    List.of(
                        new UserDirectory.AuthorizedKey(
                            "ssh-ed25519", Authenticator.blobOf(known.getPublic())))));
    SshEndpoint endpoint = open(settings(), users, SshListener.netconf(LOOPBACK, ECHO));
    ClientSession refused = connect(endpoint, "netconf");
    refused.addPublicKeyIdentity(unknown);
    refused.addPasswordIdentity("password");
    assertThrows(IOException.class, () -> refused.auth().verify(WAIT));
    ClientSession admitted = connect(endpoint, "netconf");
    admitted.addPublicKeyIdentity(known);
    admitted.auth().verify(WAIT);
    assertTrue(admitted.isAuthenticated());
  }

  @Test
  void wrongPasswords_guessed_addressIsHeld() throws Exception {
    SshEndpoint endpoint =
        open(
            settings().withThrottle(new LoginThrottle.Limits(2, 3_600_000_000_000L)),
            ADMIN,
            SshListener.netconf(LOOPBACK, ECHO));
    ClientSession session = connect(endpoint, "netconf");
    session.addPasswordIdentity("wrong");
    session.addPasswordIdentity("wrong again");
    session.addPasswordIdentity("password");
    assertThrows(IOException.class, () -> session.auth().verify(WAIT));
    assertThrows(IOException.class, () -> login(endpoint, "netconf"));
  }

  @Test
  void limitPerAddress_oneMore_refusedUntilOneEnds() throws Exception {
    SshEndpoint endpoint =
        open(
            settings().withLimits(new SessionLimits(10, 1, 10, 10, 2)),
            ADMIN,
            SshListener.netconf(LOOPBACK, ECHO));
    ClientSession first = login(endpoint, "netconf");
    assertThrows(IOException.class, () -> login(endpoint, "netconf"));
    first.close(true).await(WAIT);
    long deadlineNs = System.nanoTime() + WAIT.toNanos();
    while (endpoint.connections() > 0 && System.nanoTime() < deadlineNs) {
      Thread.onSpinWait();
    }
    login(endpoint, "netconf");
  }

  @Test
  void listenerWithoutShell_othersAsked_noDoorRuns() throws Exception {
    AtomicInteger served = new AtomicInteger();
    SshEndpoint endpoint =
        open(
            settings(),
            ADMIN,
            SshListener.netconf(
                LOOPBACK,
                channel -> {
                  served.incrementAndGet();
                  ECHO.serve(channel);
                }));
    ClientSession session = login(endpoint, "netconf");
    session.createExecChannel("id").open().await(WAIT);
    session.createSubsystemChannel("sftp").open().await(WAIT);
    ChannelSubsystem channel = session.createSubsystemChannel("netconf");
    channel.open().verify(WAIT);
    channel.getInvertedIn().write('a');
    channel.getInvertedIn().flush();
    // Requests of one connection are served in order: the others were refused before this echo.
    assertEquals('a', channel.getInvertedOut().read());
    assertEquals(1, served.get());
  }

  @Test
  void keyExchange_defaultClient_isHybridPostQuantum() throws Exception {
    SshEndpoint endpoint = open(settings(), ADMIN, SshListener.netconf(LOOPBACK, ECHO));
    ClientSession session = login(endpoint, "netconf");
    Map<KexProposalOption, String> negotiated = session.getKexNegotiationResult();
    assertTrue(
        String.valueOf(negotiated.get(KexProposalOption.ALGORITHMS)).contains("768")
            || String.valueOf(negotiated.get(KexProposalOption.ALGORITHMS)).contains("sntrup"),
        negotiated.toString());
    Map<KexProposalOption, String> offered = session.getServerKexProposals();
    String all = offered.toString();
    for (String weak : List.of("sha1,", "-cbc", "arcfour", "md5", "ssh-dss", "group1-")) {
      assertFalse(all.contains(weak), weak + " in " + all);
    }
  }

  @Test
  void portBusy_opened_errorNamesItAndTheFix() throws Exception {
    try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = new InetSocketAddress(busy.getInetAddress(), busy.getLocalPort());
      IOException e =
          assertThrows(
              IOException.class,
              () ->
                  SshEndpoint.open(settings(), ADMIN, List.of(SshListener.netconf(address, ECHO))));
      assertEquals(
          "127.0.0.1:"
              + busy.getLocalPort()
              + " is in use by another program, so netconf can't listen there: stop that program"
              + " (ss -ltnp names it) or choose another port",
          e.getMessage());
    }
  }

  @Test
  void doorThrows_otherConnectionsLive() throws Exception {
    SshEndpoint endpoint =
        open(
            settings(),
            ADMIN,
            SshListener.netconf(
                LOOPBACK,
                channel -> {
                  if (channel.input().read() == 'x') {
                    throw new IllegalStateException("deliberate, for this test");
                  }
                  ECHO.serve(channel);
                }));
    ClientSession session = login(endpoint, "netconf");
    ChannelSubsystem doomed = session.createSubsystemChannel("netconf");
    ChannelSubsystem living = session.createSubsystemChannel("netconf");
    doomed.open().verify(WAIT);
    living.open().verify(WAIT);
    doomed.getInvertedIn().write('x');
    doomed.getInvertedIn().flush();
    doomed.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), WAIT);
    living.getInvertedIn().write("ab".getBytes(StandardCharsets.UTF_8));
    living.getInvertedIn().flush();
    assertEquals('b', living.getInvertedOut().read());
  }
}
