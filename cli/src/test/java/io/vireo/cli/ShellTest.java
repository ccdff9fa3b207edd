package io.vireo.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.vireo.cli.schema.CliRpc;
import io.vireo.ssh.PseudoTerminal;
import io.vireo.ssh.ShellChannel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A session at a terminal, key by key.
class ShellTest {
  private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(20);

  private final InMemoryManagement management = InMemoryManagement.empty();
  private final Screen screen = new Screen();
  private final PipedOutputStream keys = new PipedOutputStream();
  private final CompletableFuture<Integer> status = new CompletableFuture<>();

  /// What the client gets.
  private static final class Screen extends ByteArrayOutputStream {
    private int seen;

    /// Waits until the text comes, behind what was awaited before.
    synchronized void await(String text) {
      long endNs = System.nanoTime() + PATIENCE_NS;
      while (plain().indexOf(text, seen) < 0) {
        long leftMs = TimeUnit.NANOSECONDS.toMillis(endNs - System.nanoTime());
        if (leftMs <= 0) {
          fail("'" + text + "' did not come; behind it: " + plain().substring(seen));
        }
        try {
          wait(leftMs);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
      seen = plain().indexOf(text, seen) + text.length();
    }

    /// Without what moves the cursor and colours.
    private String plain() {
      return toString(UTF_8).replaceAll("\u001b\\[[0-9;?]*[A-Za-z]", "").replace("\u001b=", "");
    }

    @Override
    public synchronized void write(byte[] b, int off, int len) {
      super.write(b, off, len);
      notifyAll();
    }

    @Override
    public synchronized void write(int b) {
      super.write(b);
      notifyAll();
    }
  }

  private final class Channel implements ShellChannel, PseudoTerminal {
    @Override
    public @Nullable String scope() {
      return null;
    }

    @Override
    public void refuse(String why) {
      throw new AssertionError(why);
    }

    private final InputStream input;

    Channel() throws IOException {
      input = new PipedInputStream(keys);
    }

    @Override
    public String user() {
      return "admin";
    }

    @Override
    public String remote() {
      return "test";
    }

    @Override
    public InputStream input() {
      return input;
    }

    @Override
    public OutputStream output() {
      return screen;
    }

    @Override
    public OutputStream error() {
      return screen;
    }

    @Override
    public void close() {}

    @Override
    public @Nullable String command() {
      return null;
    }

    @Override
    public PseudoTerminal terminal() {
      return this;
    }

    @Override
    public Map<String, String> environment() {
      return Map.of();
    }

    @Override
    public void onSignal(Consumer<String> listener) {}

    @Override
    public String type() {
      return "xterm";
    }

    @Override
    public Size size() {
      return new Size(100, 10);
    }

    @Override
    public void onResize(Consumer<Size> listener) {}

    @Override
    public Map<String, Integer> modes() {
      return Map.of();
    }
  }

  @BeforeEach
  void logIn() throws IOException {
    CliDoor door = CliDoor.of(management);
    Channel channel = new Channel();
    Thread.ofVirtual()
        .start(() -> {
          try {
            status.complete(door.serve(channel));
          } catch (IOException | RuntimeException e) {
            status.completeExceptionally(e);
          }
        });
    screen.await("vireo# ");
  }

  @AfterEach
  void hangUp() throws IOException {
    keys.close();
  }

  private void type(String text) throws IOException {
    keys.write(text.getBytes(UTF_8));
    keys.flush();
  }

  @Test
  void tabAndQuestionMark_atTheTerminal_completeAndExplain() throws Exception {
    type("conf\t");
    screen.await("configure");
    type("\r");
    screen.await("vireo(config)# ");
    type("hostname ?");
    screen.await("<hostname>");
    screen.await("a domain name such as");
    type("r1\r");
    screen.await("vireo(config)# ");
    type("interface eth0 bogus\r");
    screen.await("^");
    screen.await("% 'bogus' is not known here");
    type("commit\r");
    screen.await("r1(config)# ");
    type("\u001a");
    screen.await("r1# ");
    type("exit\r");
    assertEquals(0, status.get(20, TimeUnit.SECONDS));
  }

  @Test
  void longOutput_isShownPageByPage() throws Exception {
    type("configure\r");
    screen.await("vireo(config)# ");
    for (int i = 0; i < 8; i++) {
      type("username u" + i + "\r");
      screen.await("vireo(config-user)# ");
    }
    type("do show candidate-config\r");
    screen.await("--More--");
    type(" ");
    screen.await("--More--");
    type("q");
    screen.await("vireo(config-user)# ");
    type("\u0003\u0004");
    screen.await("vireo(config)# ");
    assertTrue(!status.isDone());
  }

  @Test
  void controlC_duringAPing_endsItAndOnlyIt() throws Exception {
    CliRpc ping =
        Contexts.SCHEMAS.router().rpcs().stream()
            .filter(r -> r.word().equals("ping"))
            .findFirst()
            .orElseThrow();
    management.endless = true;
    management.rpcs =
        (name, input) ->
            List.of(
                TestData.container(
                    ping.output(),
                    Map.of("answer", List.of(Map.of("sequence", "1", "result", "timeout")))));
    type("configure\r");
    screen.await("vireo(config)# ");
    type("virtual-router blue\r");
    screen.await("vireo(config-vr)# ");
    type("commit\r");
    screen.await("Committed");
    screen.await("vireo(config-vr)# ");
    type("do ping vr blue 10.0.0.2\r");
    screen.await("no answer: sequence=1");
    type("\u0003");
    screen.await("vireo(config-vr)# ");
    type("end\r");
    screen.await("vireo# ");
    assertTrue(!status.isDone());
  }
}
