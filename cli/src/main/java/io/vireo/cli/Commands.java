package io.vireo.cli;

import io.vireo.cli.config.ConfigGrammar;
import io.vireo.cli.config.LiveValues;
import io.vireo.cli.config.Position;
import io.vireo.cli.config.Schemas;
import io.vireo.cli.exec.Filter;
import io.vireo.cli.exec.RpcGrammar;
import io.vireo.cli.grammar.Place;
import io.vireo.cli.grammar.Step;
import io.vireo.cli.schema.BadValueException;
import io.vireo.cli.schema.CliRpc;
import io.vireo.cli.schema.CliSchema;
import io.vireo.cli.schema.Style.TableStyle;
import io.vireo.datastore.api.Datastore;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The lines of both modes: what no model describes is written down here, the rest is made from the
/// schemas. Made anew for each line, so that it knows the mode and the context.
final class Commands {
  private final Schemas schemas;
  private final LiveValues live;
  private final TreeId context;

  Commands(Schemas schemas, LiveValues live, TreeId context) {
    this.schemas = schemas;
    this.live = live;
    this.context = context;
  }

  /// Operational mode.
  Place<Command> operational() {
    return Place.before(() -> {
      List<Step<Command>> steps = new ArrayList<>(shared());
      steps.add(
          new Step.Keyword<>(
              "configure",
              "Change the configuration",
              () ->
                  new Place<>(
                      () ->
                          List.of(
                              word("terminal", "From here", (s, out) -> s.configure()),
                              word(
                                  "private",
                                  "In a candidate of this session's own",
                                  (s, out) -> s.configurePrivately(out))),
                      () -> (s, out) -> s.configure())));
      steps.addAll(routerSteps());
      return steps;
    });
  }

  /// Configure mode: the mode's own lines, and what ends, commits or shows them.
  Place<Command> configuration(Position mode) {
    Place<Command> lines =
        new ConfigGrammar(schemas, live).lines(mode).map(line -> (s, out) -> s.change(line));
    return Place.<Command>before(() ->
            List.of(
                new Step.Keyword<>("commit", "Make the candidate running", Commands::commit),
                word("discard", "Forget all changes", (s, out) -> s.discard(out)),
                word("validate", "Check the candidate", (s, out) -> s.validate(out)),
                new Step.Keyword<>(
                    "rollback",
                    "Make the candidate what was in force after a commit",
                    () ->
                        Place.before(
                            () -> List.of(commitNumber(n -> (s, out) -> s.rollback(n, out))))),
                word("update", "Take up what others have committed", (s, out) -> s.update(out)),
                word("exit", "Leave this mode", (s, out) -> s.leaveMode(out)),
                word("end", "Leave configure mode", (s, out) -> s.leaveConfigure(out)),
                word("top", "Go to the outermost mode", (s, out) -> s.toTop()),
                new Step.Keyword<>("do", "A command of operational mode", this::operational),
                new Step.Keyword<>("show", "Show something", () -> shows(true))))
        .or(lines);
  }

  private static Place<Command> commit() {
    return new Place<>(
        () ->
            List.of(
                new Step.Keyword<>(
                    "comment",
                    "Kept in the history",
                    () ->
                        Place.before(
                            () -> List.of(prose("<text>", "The comment", Commands::commitWith))))),
        () -> (s, out) -> s.commit(null, out));
  }

  private static Command commitWith(String comment) {
    return (s, out) -> s.commit(comment, out);
  }

  /// Commands that are there in every context.
  private List<Step<Command>> shared() {
    List<Step<Command>> steps = new ArrayList<>();
    steps.add(new Step.Keyword<>("show", "Show something", () -> shows(false)));
    steps.add(word("exit", "Leave the context, or log out", (s, out) -> s.leaveContext()));
    steps.add(word("end", "Leave the context", (s, out) -> s.enterContext(TreeId.DEVICE)));
    steps.add(word("logout", "Log out", (s, out) -> s.logOut()));
    steps.add(word("quit", "Log out", (s, out) -> s.logOut()));
    steps.add(
        new Step.Keyword<>(
            "terminal",
            "Settings of this session",
            () ->
                Place.before(() ->
                    List.of(
                        new Step.Keyword<>(
                            "length",
                            "Lines of a page; 0: no pauses",
                            () -> Place.before(() -> List.of(terminalLength())))))));
    addRpcs(steps, schemas.of(context), context);
    if (context.equals(TreeId.DEVICE)) {
      for (CliRpc rpc : schemas.router().rpcs()) {
        if (!rpc.style().hidden()) {
          steps.add(
              new Step.Keyword<>(
                  rpc.word(),
                  rpc.help(),
                  () -> Place.before(() -> selectors(name -> rpc(rpc, new TreeId.Router(name))))));
        }
      }
    }
    return steps;
  }

  private static Step<Command> commitNumber(LongFunction<Command> then) {
    return new Step.Slot<>(
        "<number>",
        "Number of a commit; 0: before the first",
        false,
        false,
        List::of,
        text -> {
          if (!text.matches("[0-9]{1,18}")) {
            throw new BadValueException("'" + text + "' is not allowed here: expected a number");
          }
          return Place.last(() -> then.apply(Long.parseLong(text)));
        });
  }

  private static Step<Command> terminalLength() {
    return new Step.Slot<>(
        "<lines>",
        "0..1000",
        false,
        false,
        List::of,
        text -> {
          if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) > 1000) {
            throw new BadValueException("'" + text + "' is not allowed here: expected 0..1000");
          }
          return Place.last(() -> (s, out) -> s.setPageLines(Integer.parseInt(text)));
        });
  }

  private void addRpcs(List<Step<Command>> steps, CliSchema schema, TreeId tree) {
    for (CliRpc rpc : schema.rpcs()) {
      if (!rpc.style().hidden()) {
        steps.add(new Step.Keyword<>(rpc.word(), rpc.help(), () -> rpc(rpc, tree)));
      }
    }
  }

  private Place<Command> rpc(CliRpc rpc, TreeId tree) {
    return new RpcGrammar<Command>(
            live, tree, rpc, input -> (s, out) -> s.invoke(tree, rpc, input, out))
        .place();
  }

  /// The word for a virtual router and its name: the context from now on, or that of one command.
  private List<Step<Command>> routerSteps() {
    return selectors(name -> {
      TreeId router = new TreeId.Router(name);
      Place<Command> inside = Place.before(() -> new Commands(schemas, live, router).shared());
      return new Place<>(inside.steps(), () -> (s, out) -> s.enterContext(router));
    });
  }

  /// The words for a virtual router, each with a name behind it.
  private List<Step<Command>> selectors(Function<String, Place<Command>> next) {
    List<Step<Command>> steps = new ArrayList<>();
    List<String> words = schemas.routerWords();
    for (String word : words) {
      steps.add(
          new Step.Keyword<>(
              word,
              "In one virtual router",
              0,
              words.indexOf(word) > 0,
              () ->
                  Place.before(() ->
                      List.of(
                          new Step.Slot<>(
                              "<name>",
                              "Name of the virtual router",
                              true,
                              false,
                              live::routers,
                              name -> next.apply(known(name)))))));
    }
    return steps;
  }

  private String known(String name) throws BadValueException {
    if (live.trees().get().routers().containsKey(name)) {
      return name;
    }
    throw new BadValueException(
        "there is no virtual router '"
            + name
            + "': there "
            + (live.routers().isEmpty()
                ? "are none"
                : "are "
                    + String.join(", ", live.routers().stream().map(Step.Choice::text).toList())));
  }

  private Place<Command> shows(boolean configuring) {
    return new Place<>(
        () -> showSteps(configuring),
        configuring
            ? () -> (s, out) -> s.shows().configuration(Datastore.CANDIDATE, context, out)
            : null);
  }

  private List<Step<Command>> showSteps(boolean configuring) {
    List<Step<Command>> steps = new ArrayList<>();
    steps.add(configurationStep("running-config", "What is in force", Datastore.RUNNING));
    steps.add(configurationStep("candidate-config", "What is being changed", Datastore.CANDIDATE));
    steps.add(piped("sessions", "Who is logged in", (s, out) -> s.shows().sessions(out)));
    steps.add(piped("history", "Lines given in this session", (s, out) -> s.showHistory(out)));
    steps.add(
        new Step.Keyword<>(
            "changes",
            "What a commit would change",
            () -> {
              Step<Command> since =
                  new Step.Keyword<>(
                      "since",
                      "Of what is in force, since a commit",
                      () ->
                          Place.before(() ->
                              List.of(
                                  commitNumber(
                                      n -> (s, out) -> s.printChangesSince(n, context, out)))));
              Place<Command> pending =
                  Filter.piped(filters ->
                      (s, out) ->
                          s.shows()
                              .filtered(filters, out, to -> s.shows().printChanges(context, to)));
              return Place.<Command>before(() -> List.of(since)).or(pending);
            }));
    steps.add(piped("commits", "The commits that are kept", (s, out) -> s.shows().commits(out)));
    if (configuring) {
      steps.add(
          new Step.Keyword<>(
              "|",
              "Compare",
              () ->
                  Place.before(() ->
                      List.of(
                          piped(
                              "compare",
                              "With what is in force",
                              (s, out) -> s.shows().printChanges(context, out))))));
    }
    addTables(steps, schemas.of(context), List.of(context));
    if (context.equals(TreeId.DEVICE)) {
      for (TableStyle table : schemas.router().root().style().tables()) {
        steps.add(routerTable(table));
      }
    }
    steps.add(
        new Step.Keyword<>(
            "state",
            "Any data by its names",
            () -> new StateGrammar(live, context, schemas.of(context)).place()));
    return steps;
  }

  private void addTables(List<Step<Command>> steps, CliSchema schema, List<TreeId> trees) {
    for (TableStyle table : schema.root().style().tables()) {
      steps.add(
          words(
              table.words(),
              0,
              () ->
                  Filter.piped(
                      filters -> (s, out) -> s.shows().table(table, trees, filters, out))));
    }
  }

  /// In the device's context a virtual router's table wants a router; without, all are shown.
  private Step<Command> routerTable(TableStyle table) {
    boolean ownTable =
        schemas.device().root().style().tables().stream()
            .anyMatch(t -> t.words().equals(table.words()));
    return words(
        table.words(),
        0,
        () -> {
          Place<Command> all =
              Filter.piped(filters -> (s, out) -> s.shows().table(table, null, filters, out));
          Place<Command> one =
              Place.before(() ->
                  selectors(name ->
                      Filter.piped(filters ->
                          (s, out) ->
                              s.shows()
                                  .table(table, List.of(new TreeId.Router(name)), filters, out))));
          return ownTable ? one : one.or(all);
        });
  }

  private static Step<Command> words(List<String> words, int index, Supplier<Place<Command>> next) {
    return new Step.Keyword<>(
        words.get(index),
        index == words.size() - 1 ? "Table of " + String.join(" ", words) : "",
        index == words.size() - 1
            ? next
            : () -> Place.before(() -> List.of(words(words, index + 1, next))));
  }

  private Step<Command> configurationStep(String word, String help, Datastore datastore) {
    return new Step.Keyword<>(
        word,
        help,
        () -> {
          Place<Command> whole = configurationOf(datastore, context);
          return context.equals(TreeId.DEVICE)
              ? Place.<Command>before(
                      () -> selectors(name -> configurationOf(datastore, new TreeId.Router(name))))
                  .or(whole)
              : whole;
        });
  }

  private static Place<Command> configurationOf(Datastore datastore, TreeId tree) {
    return Filter.piped(filters ->
        (s, out) ->
            s.shows().filtered(filters, out, to -> s.shows().configuration(datastore, tree, to)));
  }

  private static Step<Command> piped(String word, String help, Command command) {
    return new Step.Keyword<>(
        word,
        help,
        () ->
            Filter.piped(
                filters -> (s, out) -> s.shows().filtered(filters, out, to -> command.run(s, to))));
  }

  private static Step<Command> word(String word, String help, Command command) {
    return new Step.Keyword<>(word, help, () -> Place.last(() -> command));
  }

  private static Step<Command> prose(String label, String help, Function<String, Command> meaning) {
    return new Step.Slot<>(
        label, help, true, true, List::of, text -> Place.last(() -> meaning.apply(text)));
  }

  /// The place of a line in a mode.
  static Place<Command> of(
      Schemas schemas, LiveValues live, TreeId context, @Nullable Position mode) {
    Commands commands = new Commands(schemas, live, context);
    return mode == null ? commands.operational() : commands.configuration(mode);
  }
}
