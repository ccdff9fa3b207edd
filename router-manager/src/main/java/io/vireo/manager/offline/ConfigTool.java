package io.vireo.manager.offline;

import io.vireo.datastore.EngineOptions;
import io.vireo.datastore.ManagementEngine;
import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.CommitInfo;
import io.vireo.datastore.api.CommitResult;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.api.Version;
import io.vireo.datastore.store.StorageException;
import io.vireo.manager.ConfigDocument;
import io.vireo.manager.guard.UsageException;
import io.vireo.schema.SchemaContexts;
import io.vireo.schema.SchemaLoadException;
import io.vireo.schema.document.DeviceAndRouters;
import io.vireo.schema.json.JsonTreeWriter;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.xml.SafeXml;
import io.vireo.schema.xml.XmlTreeWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// `vireo config`: the stored configuration as XML or JSON, in and out.
public final class ConfigTool {
  private static final int HISTORY = 50;

  private final ConfigToolOptions options;
  private final SchemaTree device;
  private final SchemaTree router;
  private final InputStream in;
  private final PrintStream out;

  private ConfigTool(ConfigToolOptions options, InputStream in, PrintStream out) {
    this.options = options;
    this.in = in;
    this.out = out;
    Path models = options.models();
    SchemaContexts contexts =
        models == null ? SchemaContexts.ofClassPath() : SchemaContexts.of(List.of(models));
    contexts.loadAll(SchemaContexts.DEVICE, SchemaContexts.ROUTER);
    device = SchemaTree.of(contexts.load(SchemaContexts.DEVICE));
    router = SchemaTree.of(contexts.load(SchemaContexts.ROUTER));
  }

  public static void main(String[] words) {
    System.exit(run(List.of(words), System.in, System.out, System.err));
  }

  /// Carries one command out.
  ///
  /// @return the exit code: 2 for words that are none, 1 for what was refused
  static int run(List<String> words, InputStream in, PrintStream out, PrintStream err) {
    try {
      ConfigToolOptions options = ConfigToolOptions.parse(words);
      new ConfigTool(options, in, out).run();
      out.flush();
      return 0;
    } catch (UsageException wrong) {
      err.println("vireo config: " + wrong.getMessage());
      return 2;
    } catch (ManagementException refused) {
      refused.errors().forEach(error -> err.println("vireo config: " + error.message()));
      return 1;
    } catch (SchemaLoadException | StorageException | XMLStreamException | IOException failed) {
      err.println("vireo config: " + failed.getMessage());
      return 1;
    }
  }

  private void run() throws ManagementException, StorageException, XMLStreamException, IOException {
    if (options.command() != ConfigToolOptions.Command.IMPORT
        && !Files.exists(options.data().resolve("vireo.db"))) {
      throw new IOException(
          "there is no configuration in " + options.data() + ": is --state right?");
    }
    EngineOptions how =
        options.datastore() == Datastore.STARTUP
            ? EngineOptions.PLAIN.withStartup()
            : EngineOptions.PLAIN;
    try (ManagementEngine engine =
            ManagementEngine.open(
                options.data(),
                device,
                router,
                new NoRouters(),
                options.dropUnknown() ? how.droppingUnknown() : how);
        ManagementSession session =
            engine.open(new Caller("root", Caller.Door.SYSTEM, "vireo config"), () -> {})) {
      switch (options.command()) {
        case EXPORT -> write(configuration(session));
        case IMPORT -> take(session, false);
        case CHECK -> take(session, true);
        case HISTORY -> history(session);
      }
    }
  }

  private Trees configuration(ManagementSession session) throws ManagementException {
    Long commit = options.commit();
    if (commit != null) {
      await(session.load(commit));
    }
    List<Trees> pages = new ArrayList<>();
    await(
        session.read(
            commit == null ? options.datastore() : Datastore.CANDIDATE, Selection.ALL, pages::add));
    return pages.getFirst();
  }

  private void write(Trees trees) throws IOException, XMLStreamException {
    DeviceAndRouters whole = new DeviceAndRouters(trees.device(), trees.routers());
    if (options.json()) {
      Writer text = new OutputStreamWriter(out, StandardCharsets.UTF_8);
      JsonTreeWriter.ofDevice(device, router).write(text, whole, "  ");
      text.write('\n');
      text.flush();
      return;
    }
    OutputStream bytes = out;
    XMLStreamWriter xml = SafeXml.writer(bytes);
    xml.writeStartElement("config");
    XmlTreeWriter.ofDevice(device, router).write(xml, whole);
    xml.writeEndElement();
    xml.close();
    out.println();
  }

  private void take(ManagementSession session, boolean checkOnly)
      throws IOException, ManagementException {
    DeviceAndRouters given = new ConfigDocument(device, router).whole(in);
    await(session.replace(Datastore.CANDIDATE, new Trees(given.device(), given.routers())));
    if (checkOnly) {
      await(session.validate(Datastore.CANDIDATE));
      int changes =
          await(
                  session.compare(
                      new Version.OfDatastore(Datastore.RUNNING),
                      new Version.OfDatastore(Datastore.CANDIDATE)))
              .size();
      out.println("valid; " + changes + " differences to running");
      return;
    }
    CommitResult result = await(session.commit("vireo config import"));
    out.println(
        result.changed()
            ? "commit " + result.transaction() + "; in force with the next start"
            : "nothing differs from running");
  }

  private void history(ManagementSession session) throws ManagementException {
    for (CommitInfo commit : await(session.history(HISTORY))) {
      String comment = commit.comment();
      out.println(
          commit.transaction()
              + "  "
              + commit.time()
              + "  "
              + commit.user()
              + "  "
              + commit.door()
              + (comment == null ? "" : "  " + comment));
    }
  }

  private static <T> T await(java.util.concurrent.CompletableFuture<T> asked)
      throws ManagementException {
    try {
      return asked.get();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof ManagementException refused) {
        throw refused;
      }
      throw new IllegalStateException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }
}
