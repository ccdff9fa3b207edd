package io.vireo.cli;

import io.vireo.cli.grammar.LineMatcher;
import io.vireo.cli.grammar.Step;
import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.ManagementException;
import java.util.ArrayList;
import java.util.List;

/// A session as a test drives it.
final class Operator {
  final InMemoryManagement management;
  private final CliSession session;

  private Operator(InMemoryManagement management, CliSession session) {
    this.management = management;
    this.session = session;
  }

  static Operator on(InMemoryManagement management) {
    try {
      Caller caller = new Caller("admin", Caller.Door.CLI, "test");
      return new Operator(
          management, new CliSession(management.open(caller, () -> {}), Contexts.SCHEMAS));
    } catch (ManagementException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Operator onEmpty() {
    return on(InMemoryManagement.empty());
  }

  /// Gives a line that is expected to be done; what it prints.
  List<String> give(String line) {
    List<String> out = new ArrayList<>();
    CliSession.Result result = execute(line, out);
    if (!(result instanceof CliSession.Result.Done)) {
      throw new AssertionError("'" + line + "': " + result);
    }
    return out;
  }

  void giveAll(List<String> lines) {
    lines.forEach(this::give);
  }

  CliSession.Result.Misspelt misspell(String line) {
    CliSession.Result result = execute(line, new ArrayList<>());
    if (result instanceof CliSession.Result.Misspelt misspelt) {
      return misspelt;
    }
    throw new AssertionError("'" + line + "' was understood: " + result);
  }

  private CliSession.Result execute(String line, List<String> out) {
    try {
      return session.execute(line, out::add);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String prompt() {
    return session.prompt();
  }

  List<String> completions(String line) {
    return session.completions(line).stream().map(Step.Choice::text).toList();
  }

  List<LineMatcher.Help> help(String line) {
    return session.help(line);
  }

  /// The text of one line of help.
  String helpOn(String line, String label) {
    return help(line).stream()
        .filter(h -> h.label().equals(label))
        .map(LineMatcher.Help::text)
        .findFirst()
        .orElseThrow(() -> new AssertionError(label + " is not in the help: " + help(line)));
  }
}
