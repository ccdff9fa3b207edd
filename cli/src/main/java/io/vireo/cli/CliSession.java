package io.vireo.cli;

import io.vireo.cli.config.ConfigLine;
import io.vireo.cli.config.EditBuilder;
import io.vireo.cli.config.LiveValues;
import io.vireo.cli.config.Position;
import io.vireo.cli.config.Schemas;
import io.vireo.cli.exec.Output;
import io.vireo.cli.exec.OutputText;
import io.vireo.cli.grammar.LineMatcher;
import io.vireo.cli.grammar.LineMatcher.Outcome;
import io.vireo.cli.grammar.Place;
import io.vireo.cli.grammar.Step;
import io.vireo.cli.schema.CliNode;
import io.vireo.cli.schema.CliRpc;
import io.vireo.cli.schema.Instances;
import io.vireo.datastore.api.CommitResult;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.Invocation;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.Trees;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// One user's session: mode, context, and what lines do in them. Knows of no terminal; used by one
/// thread, but for [#cancel].
final class CliSession {
  private static final String DEFAULT_NAME = "vireo";
  private static final int DEFAULT_PAGE_LINES = -1;

  private final ManagementSession session;
  private final Schemas schemas;
  private final Shows shows;
  private final List<String> history = new ArrayList<>();
  private @Nullable Position mode;
  private TreeId context = TreeId.DEVICE;
  private boolean ended;
  private boolean privately;
  private int pageLines = DEFAULT_PAGE_LINES;
  private String deviceName = DEFAULT_NAME;
  private volatile @Nullable Invocation running;

  CliSession(ManagementSession session, Schemas schemas)
      throws ManagementException, InterruptedException {
    this.session = session;
    this.schemas = schemas;
    this.shows = new Shows(session, schemas);
    readDeviceName();
  }

  /// What came of a line.
  sealed interface Result {
    /// It was done.
    record Done() implements Result {}

    /// It is not understood.
    record Misspelt(int column, String message) implements Result {}

    /// The datastore refused it.
    record Refused(List<String> messages) implements Result {}
  }

  /// Carries one line out.
  Result execute(String line, Output out) throws InterruptedException {
    String text = line.strip();
    if (text.isEmpty() || text.startsWith("!") || text.startsWith("#")) {
      return new Result.Done();
    }
    history.add(text);
    try {
      return meaning(line, out);
    } catch (ManagementException e) {
      return new Result.Refused(e.errors().stream().map(x -> x.message()).toList());
    } catch (CompletionException e) {
      return new Result.Refused(List.of(String.valueOf(e.getMessage())));
    }
  }

  /// Tries the line in the mode, then in the ones around it: as everywhere, a line of an outer mode
  /// may be given without leaving the inner one.
  private Result meaning(String line, Output out) throws ManagementException, InterruptedException {
    Position at = mode;
    Outcome.@Nullable Failed<Command> worst = null;
    do {
      switch (new LineMatcher<>(place(at)).match(line)) {
        case Outcome.Matched<Command>(Command command) -> {
          mode = at;
          command.run(this, out);
          return new Result.Done();
        }
        case Outcome.Failed<Command> failed -> {
          if (worst == null || failed.column() > worst.column()) {
            worst = failed;
          }
        }
      }
      at = at == null ? null : at.outer();
    } while (at != null);
    return new Result.Misspelt(worst.column(), worst.message());
  }

  private Place<Command> place(@Nullable Position at) {
    return Commands.of(schemas, live(), context, at);
  }

  /// What may stand at the end of an unfinished line, in this mode and those around it.
  List<LineMatcher.Help> help(String line) {
    List<LineMatcher.Help> help = new ArrayList<>();
    Position at = mode;
    do {
      help.addAll(new LineMatcher<>(place(at)).help(line));
      at = at == null ? null : at.outer();
    } while (at != null && help.isEmpty());
    return help;
  }

  /// Words that the last word of an unfinished line may become.
  List<Step.Choice> completions(String line) {
    List<Step.Choice> choices = new ArrayList<>();
    Position at = mode;
    do {
      choices.addAll(new LineMatcher<>(place(at)).completions(line));
      at = at == null ? null : at.outer();
    } while (at != null && choices.isEmpty());
    return choices;
  }

  private LiveValues live() {
    Datastore datastore = mode == null ? Datastore.RUNNING : Datastore.CANDIDATE;
    return new LiveValues(() -> {
      try {
        return Reading.configuration(session, datastore);
      } catch (ManagementException e) {
        throw new CompletionException(e.getMessage(), e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new CompletionException("interrupted", e);
      }
    });
  }

  String prompt() {
    TreeId tree = mode == null ? context : mode.tree();
    StringBuilder prompt = new StringBuilder(deviceName);
    if (tree instanceof TreeId.Router(String name)) {
      prompt.append('[').append(name).append(']');
    }
    if (mode != null) {
      prompt.append("(config");
      prompt.append(mode.prompt().isEmpty() ? "" : "-" + mode.prompt()).append(')');
    }
    return prompt.append("# ").toString();
  }

  boolean isEnded() {
    return ended;
  }

  /// Lines of a page; negative: as many as the terminal has.
  int pageLines() {
    return pageLines;
  }

  boolean isConfiguring() {
    return mode != null;
  }

  /// Asks a running command to end. From any thread.
  void cancel() {
    Invocation invocation = running;
    if (invocation != null) {
      invocation.cancel();
    }
  }

  private void readDeviceName() throws ManagementException, InterruptedException {
    Trees trees = Reading.configuration(session, Datastore.RUNNING);
    deviceName =
        naming(schemas.device().root())
            .flatMap(leaf -> Instances.everywhere(trees.device(), leaf).stream().findFirst())
            .map(Object::toString)
            .orElse(DEFAULT_NAME);
  }

  private static Optional<CliNode> naming(CliNode node) {
    for (CliNode child : node.children()) {
      if (child.style().namesDevice()) {
        return Optional.of(child);
      }
      if (child.kind() == CliNode.Kind.CONTAINER) {
        Optional<CliNode> below = naming(child);
        if (below.isPresent()) {
          return below;
        }
      }
    }
    return Optional.empty();
  }

  // What commands do.

  void configure() {
    mode = Position.top(schemas, context);
  }

  void configurePrivately(Output out) throws ManagementException, InterruptedException {
    if (!privately && !shows.changes(TreeId.DEVICE).isEmpty()) {
      out.line("% note: what stands in the shared candidate stays there.");
    }
    Reading.await(session.usePrivateCandidate());
    privately = true;
    configure();
  }

  void rollback(long commit, Output out) throws ManagementException, InterruptedException {
    Reading.await(session.load(commit));
    out.line(
        shows.changes(context).isEmpty()
            ? "Nothing has changed since."
            : "Loaded; 'show changes' tells what 'commit' would do.");
  }

  void update(Output out) throws ManagementException, InterruptedException {
    Reading.await(session.update());
    out.line("The candidate is up to date.");
  }

  /// What was changed of what is in force since a commit.
  void printChangesSince(long commit, TreeId tree, Output out)
      throws ManagementException, InterruptedException {
    shows.since(commit, tree).forEach(out::line);
  }

  void change(ConfigLine line) throws ManagementException, InterruptedException {
    LiveValues candidate = live();
    List<TreeEdit> edits = EditBuilder.edits(line.changes(), candidate);
    if (!edits.isEmpty()) {
      Reading.await(session.edit(Datastore.CANDIDATE, edits));
    }
    if (line.enter() != null) {
      mode = line.enter();
    }
  }

  void commit(@Nullable String comment, Output out)
      throws ManagementException, InterruptedException {
    CommitResult result = Reading.await(session.commit(comment));
    result.warnings().forEach(w -> out.line("% warning: " + w));
    out.line(
        result.changed()
            ? "Committed as transaction " + result.transaction() + "."
            : "Nothing to commit.");
    readDeviceName();
  }

  void discard(Output out) throws ManagementException, InterruptedException {
    Reading.await(session.discard());
    out.line("Changes discarded.");
    toTop();
  }

  void validate(Output out) throws ManagementException, InterruptedException {
    Reading.await(session.validate(Datastore.CANDIDATE));
    out.line("The candidate is valid.");
  }

  void leaveMode(Output out) throws ManagementException, InterruptedException {
    if (mode != null && mode.outer() != null) {
      mode = mode.outer();
    } else {
      leaveConfigure(out);
    }
  }

  void leaveConfigure(Output out) throws ManagementException, InterruptedException {
    if (!shows.changes(context).isEmpty()) {
      out.line("% warning: changes are not committed ('configure', then 'commit' or 'discard').");
    }
    mode = null;
  }

  void toTop() {
    Position at = mode;
    while (at != null && at.outer() != null) {
      at = at.outer();
    }
    mode = at;
  }

  void enterContext(TreeId tree) {
    context = tree;
  }

  void leaveContext() {
    if (context.equals(TreeId.DEVICE)) {
      ended = true;
    } else {
      context = TreeId.DEVICE;
    }
  }

  void logOut() {
    ended = true;
  }

  void setPageLines(int lines) {
    pageLines = lines;
  }

  void showHistory(Output out) {
    history.forEach(out::line);
  }

  /// What can be shown of the datastores.
  Shows shows() {
    return shows;
  }

  /// Invokes an RPC and prints its outputs as they come, until the last or until [#cancel].
  void invoke(TreeId tree, CliRpc rpc, ContainerNode input, Output out)
      throws ManagementException, InterruptedException {
    BlockingQueue<Optional<ContainerNode>> outputs = new LinkedBlockingQueue<>();
    Invocation invocation =
        session.invoke(tree, rpc.qname(), input, output -> outputs.add(Optional.of(output)));
    running = invocation;
    try {
      invocation.done().whenComplete((v, e) -> outputs.add(Optional.empty()));
      for (var next = outputs.take(); next.isPresent(); next = outputs.take()) {
        OutputText.print(rpc, next.get(), out);
      }
      Reading.await(invocation.done());
    } catch (InterruptedException e) {
      invocation.cancel();
      throw e;
    } finally {
      running = null;
    }
  }

  void close() {
    session.close();
  }
}
