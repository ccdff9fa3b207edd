package io.vireo.tests.fuzz;

import io.vireo.datastore.EngineOptions;
import io.vireo.datastore.ManagementEngine;
import io.vireo.datastore.store.StorageException;
import io.vireo.manager.offline.NoRouters;
import io.vireo.netconf.NetconfServer;
import io.vireo.schema.SchemaContexts;
import io.vireo.schema.node.SchemaTree;
import io.vireo.ssh.SshChannel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// A client sends any octets: it is answered in the protocol's words or its session ends, and the
/// server does not say that a mistake of its own kept it from answering.
///
/// The first character of an input, a digit, says what the others are: what follows the hellos in
/// chunks, or with end marks; a whole message; an operation; a filter; an XPath expression; a
/// configuration.
public final class NetconfFuzz {
  private static final String BASE = "urn:ietf:params:xml:ns:netconf:base:1.0";
  private static final Mistakes MISTAKES = new Mistakes();
  private static final NetconfServer SERVER = server();

  private NetconfFuzz() {}

  /// What the server's log has of mistakes of its own.
  private static final class Mistakes extends Handler {
    // The level of a logger that nobody keeps is forgotten.
    private final Logger netconf = Logger.getLogger("io.vireo.netconf");
    private final AtomicReference<@Nullable Throwable> last = new AtomicReference<>();

    void listen() {
      netconf.addHandler(this);
      netconf.setUseParentHandlers(false);
    }

    @Override
    public void publish(LogRecord said) {
      if (said.getLevel().equals(Level.SEVERE)) {
        Throwable thrown = said.getThrown();
        last.set(thrown == null ? new IllegalStateException(said.getMessage()) : thrown);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  private static NetconfServer server() {
    MISTAKES.listen();
    SchemaContexts contexts = SchemaContexts.ofClassPath();
    SchemaTree device = SchemaTree.of(contexts.load(SchemaContexts.DEVICE));
    SchemaTree router = SchemaTree.of(contexts.load(SchemaContexts.ROUTER));
    try {
      Path directory = Files.createTempDirectory("vireo-fuzz-");
      ManagementEngine engine =
          ManagementEngine.open(
              directory, device, router, new NoRouters(), EngineOptions.recovery("admin"));
      return new NetconfServer(
          engine,
          device,
          router,
          () -> SchemaTree.of(contexts.load(SchemaContexts.ROUTER_SESSION)),
          directory.resolve("files"));
    } catch (IOException | StorageException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /// With a folder and a file of operations, a line each: writes the inputs that the fuzzer begins
  /// with.
  public static void main(String[] arguments) throws IOException {
    Path corpus = Path.of(arguments[0]);
    List<String> lines = Files.readAllLines(Path.of(arguments[1]));
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (!line.isBlank() && !line.startsWith("#")) {
        Files.writeString(corpus.resolve("seed-" + i), line);
      }
    }
  }

  /// What the fuzzer calls.
  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length < 1) {
      return;
    }
    String text = new String(input, 1, input.length - 1, StandardCharsets.UTF_8);
    ByteArrayOutputStream sent = new ByteArrayOutputStream();
    int kind = Math.floorMod(input[0] - '0', 7);
    sent.writeBytes(hello(kind == 1 ? "1.0" : "1.1"));
    switch (kind) {
      case 0, 1 -> sent.write(input, 1, input.length - 1);
      case 2 -> sent.writeBytes(chunk(text));
      case 3 -> sent.writeBytes(rpc(text));
      case 4 -> sent.writeBytes(rpc("<get><filter>" + text + "</filter></get>"));
      case 5 ->
          sent.writeBytes(
              rpc(
                  "<get><filter type=\"xpath\" select=\""
                      + text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;")
                      + "\"/></get>"));
      default ->
          sent.writeBytes(
              rpc(
                  "<edit-config><target><candidate/></target><config>"
                      + text
                      + "</config></edit-config>"));
    }
    Channel channel = new Channel(sent.toByteArray());
    try {
      SERVER.serve(channel);
    } catch (IOException ended) {
      if (ended.getMessage() == null) {
        throw new IllegalStateException("ended without a word", ended);
      }
    }
    Throwable mistake = MISTAKES.last.getAndSet(null);
    if (mistake != null) {
      throw new IllegalStateException("a mistake of the server's own", mistake);
    }
  }

  private static byte[] hello(String version) {
    return ("<hello xmlns=\""
            + BASE
            + "\"><capabilities><capability>urn:ietf:params:netconf:base:"
            + version
            + "</capability></capabilities></hello>]]>]]>")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] rpc(String operation) {
    return chunk("<rpc xmlns=\"" + BASE + "\" message-id=\"1\">" + operation + "</rpc>");
  }

  private static byte[] chunk(String message) {
    int length = message.getBytes(StandardCharsets.UTF_8).length;
    return ("\n#" + length + "\n" + message + "\n##\n").getBytes(StandardCharsets.UTF_8);
  }

  private static final class Channel implements SshChannel {
    private final InputStream input;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    Channel(byte[] sent) {
      input = new ByteArrayInputStream(sent);
    }

    @Override
    public String user() {
      return "admin";
    }

    @Override
    public @Nullable String scope() {
      return null;
    }

    @Override
    public String remote() {
      return "fuzz";
    }

    @Override
    public InputStream input() {
      return input;
    }

    @Override
    public OutputStream output() {
      return said;
    }

    @Override
    public void refuse(String why) {
      said.writeBytes(why.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {}
  }
}
