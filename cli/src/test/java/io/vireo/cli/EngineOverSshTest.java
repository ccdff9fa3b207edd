package io.vireo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.EngineOptions;
import io.vireo.datastore.ManagementEngine;
import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.CommitWarning;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.Invocation;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.RouterBinding;
import io.vireo.datastore.api.TreeUpdate;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.api.UserDirectory;
import io.vireo.schema.document.DocumentOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.xml.SafeXml;
import io.vireo.schema.xml.XmlTreeReader;
import io.vireo.ssh.SshEndpoint;
import io.vireo.ssh.SshListener;
import io.vireo.ssh.SshSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.xml.stream.XMLStreamReader;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelShell;
import org.apache.sshd.client.channel.ClientChannel;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.session.ClientSession;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// The door at the real SSH endpoint, with the real datastores behind it.
@Timeout(120)
class EngineOverSshTest {
  private static final Duration WAIT = Duration.ofSeconds(30);
  private static final String SCRIPT =
      """
      configure
      hostname r1
      interface eth0
       driver af-packet
       bind virtual-router blue
      exit
      virtual-router blue
       interface eth0
        ip address 10.0.0.1/24
       exit
       ip route 10.9.0.0/16 10.0.0.2
       ip route 10.8.0.0/16 path a 10.0.0.3
       ip route 10.8.0.0/16 path b 10.0.0.4
      exit
      commit comment first light
      virtual-router blue ip route 10.9.0.0/16 blackhole
      """;

  private static final String NO_SESSIONS_FOR_BOB =
      """
      <config><nacm xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-acm">
        <groups><group><name>g</name><user-name>bob</user-name></group></groups>
        <rule-list><name>g</name><group>g</group><rule><name>1</name>
          <path xmlns:m="urn:ietf:params:xml:ns:yang:ietf-netconf-monitoring"
          >/m:netconf-state/m:sessions</path><action>deny</action></rule></rule-list>
      </nacm></config>
      """;

  @TempDir Path directory = Path.of("");
  private final SshClient client = SshClient.setUpDefaultClient();
  private @Nullable ManagementEngine engine;
  private @Nullable SshEndpoint endpoint;
  private @Nullable ClientSession session;

  private static final UserDirectory ADMIN =
      name ->
          Optional.of(
              new UserDirectory.User(
                  name,
                  // "password", cheap to verify
                  "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ"
                      + "$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                  List.of()));

  /// Routers that accept everything and have no state.
  private static final class Routers implements RouterBinding {
    @Override
    public CompletableFuture<Prepared> prepare(
        long transaction, Trees before, Trees after, SortedMap<TreeId, TreeUpdate> changed) {
      return CompletableFuture.completedFuture(
          new Prepared() {
            @Override
            public List<CommitWarning> warnings() {
              return List.of();
            }

            @Override
            public CompletableFuture<Void> apply() {
              return CompletableFuture.completedFuture(null);
            }

            @Override
            public void abort() {}
          });
    }

    @Override
    public CompletableFuture<ContainerNode> deviceState(Trees running, @Nullable Set<QName> nodes) {
      return CompletableFuture.completedFuture(
          TestData.container(Contexts.SCHEMAS.device().root(), Map.of()));
    }

    @Override
    public CompletableFuture<Void> routerState(
        String router, @Nullable Set<QName> nodes, Consumer<ContainerNode> pages) {
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public Invocation invoke(
        TreeId tree, QName rpc, ContainerNode input, Consumer<ContainerNode> outputs) {
      throw new UnsupportedOperationException(rpc.toString());
    }
  }

  @BeforeEach
  void open() throws Exception {
    engine =
        ManagementEngine.open(
            directory,
            SchemaTree.of(Contexts.DEVICE),
            SchemaTree.of(Contexts.ROUTER),
            new Routers(),
            EngineOptions.recovery("admin"));
    endpoint =
        SshEndpoint.open(
            SshSettings.inDirectory(directory),
            ADMIN,
            List.of(
                SshListener.cli(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                    CliDoor.of(engine))));
    client.setServerKeyVerifier((s, address, key) -> true);
    client.start();
    session = login("admin");
  }

  private ClientSession login(String user) throws Exception {
    ClientSession opened =
        client
            .connect(user, Objects.requireNonNull(endpoint).address("cli"))
            .verify(WAIT)
            .getSession();
    opened.addPasswordIdentity("password");
    opened.auth().verify(WAIT);
    return opened;
  }

  @AfterEach
  void close() throws Exception {
    if (session != null) {
      session.close();
    }
    client.stop();
    if (endpoint != null) {
      endpoint.close();
    }
    if (engine != null) {
      engine.close();
    }
  }

  private record Ran(@Nullable Integer status, String out, String error) {}

  private Ran run(@Nullable String command, String input) throws Exception {
    return run(Objects.requireNonNull(session), command, input);
  }

  private static Ran run(ClientSession open, @Nullable String command, String input)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream error = new ByteArrayOutputStream();
    ClientChannel channel =
        command == null ? open.createShellChannel(null, Map.of()) : open.createExecChannel(command);
    if (channel instanceof ChannelShell shell) {
      shell.setUsePty(false);
    }
    try (channel) {
      channel.setIn(new ByteArrayInputStream(input.getBytes(UTF_8)));
      channel.setOut(out);
      channel.setErr(error);
      channel.open().verify(WAIT);
      channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), WAIT);
      return new Ran(channel.getExitStatus(), out.toString(UTF_8), error.toString(UTF_8));
    }
  }

  @Test
  void scriptOverSsh_committed_isRunningAndPrintedBack() throws Exception {
    Ran script = run(null, SCRIPT);
    assertEquals("", script.error);
    assertEquals(0, script.status);
    assertTrue(script.out.contains("Committed as transaction 1."), script.out);

    Ran running = run("show running-config", "");
    assertEquals(0, running.status, running.error);
    assertTrue(running.out.contains(" ip route 10.9.0.0/16 10.0.0.2\n"), running.out);
    assertTrue(running.out.contains(" ip route 10.8.0.0/16 path b 10.0.0.4\n"), running.out);

    Ran changes = run("show changes", "");
    assertEquals(
        "  virtual-router blue\n"
            + "-  ip route 10.9.0.0/16 10.0.0.2\n"
            + "+  ip route 10.9.0.0/16 blackhole\n",
        changes.out);
    assertEquals(0, run("show virtual-routers", "").status);
    assertEquals(0, run("show ip route vr blue | count", "").status);

    Ran nonsense = run("show me the way", "");
    assertEquals(1, nonsense.status);
    assertTrue(nonsense.error.contains("'me' is not known here"), nonsense.error);
  }

  @Test
  void commitThatIsInvalid_overSsh_isRefusedWithTheReason() throws Exception {
    Ran script = run(null, "configure\ninterface eth0\nbind virtual-router green\ncommit\n");
    assertEquals(1, script.status);
    assertTrue(script.error.contains("% line 4: "), script.error);
    assertTrue(script.error.contains("green"), script.error);
  }

  @Test
  void rollback_overSsh_loadsShowsAndCommitsWhatWas() throws Exception {
    run(null, "configure\nhostname one\ncommit comment first\n");
    run(null, "configure\nhostname two\ncommit\n");

    Ran commits = run("show commits", "");
    assertEquals(2, commits.out.lines().count(), commits.out + commits.error);
    assertTrue(commits.out.lines().toList().getLast().endsWith("CLI       first"), commits.out);
    assertEquals("- hostname one\n+ hostname two\n", run("show changes since 1", "").out);

    Ran back = run(null, "configure\nrollback 1\nshow changes\ncommit comment \"as it was\"\n");
    assertEquals(0, back.status, back.error);
    assertTrue(back.out.contains("- hostname two\n+ hostname one\n"), back.out);
    assertTrue(run("show running-config", "").out.contains("hostname one"));

    Ran none = run(null, "configure\nrollback 99\n");
    assertEquals(1, none.status);
    assertTrue(none.error.contains("no commit 99"), none.error);
  }

  // RFC 8341 §3.2.4: as /netconf-state/sessions.
  @Test
  void showSessions_overSsh_onlyWhatMayBeRead() throws Exception {
    assertEquals(1, run("show sessions", "").out.lines().count());
    ManagementEngine open = Objects.requireNonNull(engine);
    Caller system = new Caller("system", Caller.Door.SYSTEM, "test");
    try (ManagementSession rules = open.open(system, () -> {});
        ClientSession bob = login("bob")) {
      rules.edit(Datastore.CANDIDATE, edits(NO_SESSIONS_FOR_BOB)).get();
      rules.commit(null).get();

      Ran shown = run(bob, "show sessions", "");

      assertEquals("", shown.out + shown.error);
    }
  }

  private static List<TreeEdit> edits(String xml) throws Exception {
    XMLStreamReader in = SafeXml.reader(new StringReader(xml));
    in.nextTag();
    return XmlTreeReader.ofDevice(SchemaTree.of(Contexts.DEVICE), SchemaTree.of(Contexts.ROUTER))
        .readEdits(in, DocumentOperation.MERGE);
  }

  @Test
  void configurePrivate_overSsh_othersDoNotSeeItUntilCommitted() throws Exception {
    Ran mine =
        run(null, "configure private\nhostname mine\nshow changes\ndo show candidate-config\n");
    assertTrue(mine.out.contains("+ hostname mine"), mine.out + mine.error);
    assertEquals("", run("show changes", "").out);

    Ran committed = run(null, "configure private\nhostname mine\nupdate\ncommit\n");
    assertEquals(0, committed.status, committed.error);
    assertTrue(run("show running-config", "").out.contains("hostname mine"));
    Ran shared = run(null, "configure\nupdate\n");
    assertEquals(1, shared.status);
    assertTrue(shared.error.contains("the shared one"), shared.error);
  }
}
