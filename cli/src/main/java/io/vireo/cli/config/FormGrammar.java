package io.vireo.cli.config;

import io.vireo.cli.config.ConfigLine.Change;
import io.vireo.cli.grammar.Place;
import io.vireo.cli.grammar.Step;
import io.vireo.cli.schema.BadValueException;
import io.vireo.cli.schema.CliNode;
import io.vireo.cli.schema.DataPath;
import io.vireo.cli.schema.Form;
import io.vireo.cli.schema.Form.FormWord;
import io.vireo.cli.schema.ValueText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The familiar forms' part of a mode's grammar.
final class FormGrammar {
  private final LiveValues live;
  private final Position mode;
  private final Position at;
  private final boolean negated;

  FormGrammar(LiveValues live, Position mode, Position at, boolean negated) {
    this.live = live;
    this.mode = mode;
    this.at = at;
    this.negated = negated;
  }

  List<Step<ConfigLine>> steps(Form form) {
    return place(form, 0, Map.of()).steps().get();
  }

  private Place<ConfigLine> place(Form form, int index, Map<String, Object> given) {
    if (index == form.words().size()) {
      return Place.last(() -> negated ? taken(form, given) : put(form, given));
    }
    Step<ConfigLine> step =
        switch (form.words().get(index)) {
          case FormWord.Literal(String text) ->
              new Step.Keyword<>(text, help(form), () -> place(form, index + 1, given));
          case FormWord.Variables variables -> slot(form, index, variables, given);
        };
    return new Place<>(() -> List.of(step), early(form, given));
  }

  /// A line that takes an entry away may end once the entry is named.
  private @Nullable Supplier<ConfigLine> early(Form form, Map<String, Object> given) {
    boolean named =
        negated
            && !given.isEmpty()
            && form.isEntry()
            && form.fields().entrySet().stream()
                .allMatch(f -> !f.getValue().isKey() || given.containsKey(f.getKey()));
    return named ? () -> taken(form, given) : null;
  }

  private Step<ConfigLine> slot(
      Form form, int index, FormWord.Variables variables, Map<String, Object> given) {
    String label =
        interleaved(
            variables.texts(),
            variables.fields().stream().map(f -> "<" + leaf(form, f).name() + ">").toList());
    String help =
        variables.fields().size() == 1
            ? Slots.help(leaf(form, variables.fields().getFirst()))
            : variables.fields().stream()
                .map(f -> leaf(form, f).name() + ": " + leaf(form, f).typeWords())
                .collect(Collectors.joining(", "));
    CliNode first = leaf(form, variables.fields().getFirst());
    boolean anyText = variables.fields().size() == 1 && ValueText.isAnyText(first);
    boolean ends = index == form.words().size() - 1 && isOnlyOne(form);
    return new Step.Slot<>(
        label,
        help,
        anyText,
        anyText && ends && first.style().prose(),
        () -> choices(form, variables, given),
        text -> place(form, index + 1, read(form, variables, label, text, given)));
  }

  /// Whether no other form begins as this one does, so that its last word may be prose.
  private boolean isOnlyOne(Form form) {
    return at.node().style().forms().stream().noneMatch(f -> f.isAlternativeOf(form));
  }

  private static CliNode leaf(Form form, String field) {
    return FormPrinter.requireField(form, field).leaf();
  }

  static boolean accepts(Form form, FormWord.Variables variables, String text) {
    try {
      read(form, variables, "", text, Map.of());
      return true;
    } catch (BadValueException e) {
      return false;
    }
  }

  private static Map<String, Object> read(
      Form form, FormWord.Variables variables, String label, String text, Map<String, Object> given)
      throws BadValueException {
    Map<String, Object> more = new HashMap<>(given);
    int from = variables.texts().getFirst().length();
    if (!text.startsWith(variables.texts().getFirst())) {
      throw new BadValueException("'" + text + "' is not allowed here: expected " + label);
    }
    for (int i = 0; i < variables.fields().size(); i++) {
      String after = variables.texts().get(i + 1);
      int to = after.isEmpty() ? text.length() : text.indexOf(after, from);
      if (to < 0 || (after.isEmpty() && i + 1 < variables.fields().size())) {
        throw new BadValueException("'" + text + "' is not allowed here: expected " + label);
      }
      String field = variables.fields().get(i);
      more.put(field, ValueText.parse(leaf(form, field), text.substring(from, to)));
      from = to + after.length();
    }
    return more;
  }

  /// Existing values: of whole lines like this where a word names an entry, else of the leaf.
  private List<Step.Choice> choices(
      Form form, FormWord.Variables variables, Map<String, Object> given) {
    List<Step.Choice> choices = new ArrayList<>();
    if (variables.fields().size() == 1) {
      choices.addAll(live.of(at.tree(), leaf(form, variables.fields().getFirst())));
    }
    if (negated
        || variables.fields().stream().anyMatch(f -> FormPrinter.requireField(form, f).isKey())) {
      live.tree(at.tree())
          .flatMap(root -> at.path().steps().isEmpty() ? Optional.of(root) : at.path().find(root))
          .ifPresent(data ->
              FormPrinter.instances(form, at.path(), data).stream()
                  .filter(i -> i.values().entrySet().containsAll(given.entrySet()))
                  .map(i -> FormPrinter.word(form, variables, i))
                  .distinct()
                  .map(t -> new Step.Choice(t, ""))
                  .filter(c -> !choices.contains(c))
                  .forEach(choices::add));
    }
    return choices;
  }

  private static String interleaved(List<String> texts, List<String> between) {
    StringBuilder joined = new StringBuilder(texts.getFirst());
    for (int i = 0; i < between.size(); i++) {
      joined.append(between.get(i)).append(texts.get(i + 1));
    }
    return joined.toString();
  }

  private static String help(Form form) {
    if (form.isEntry()) {
      return form.steps().getLast().node().help();
    }
    List<List<CliNode>> leaves = form.leaves();
    return leaves.isEmpty() ? "" : leaves.getFirst().getLast().help();
  }

  private static DataPath target(Form form, DataPath anchor, Map<String, Object> given) {
    DataPath path = anchor;
    for (Form.Step step : form.steps()) {
      List<Object> keys = new ArrayList<>();
      for (Form.Key key : step.keys()) {
        Object value = key.value() != null ? key.value() : given.get(key.field());
        if (value == null) {
          throw new IllegalStateException(form.template() + " has no value for " + key.leaf());
        }
        keys.add(value);
      }
      path = path.entry(step.node(), keys);
    }
    return path;
  }

  private ConfigLine put(Form form, Map<String, Object> given) {
    DataPath target = target(form, at.path(), given);
    List<Change> changes = new ArrayList<>();
    List<List<CliNode>> own = form.leaves();
    for (Form other : at.node().style().forms()) {
      if (other.isAlternativeOf(form)) {
        other.leaves().stream()
            .filter(leaf -> !own.contains(leaf))
            .map(leaf -> new Change.Take(at.tree(), target.descendant(leaf)))
            .filter(take -> !changes.contains(take))
            .forEach(changes::add);
      }
    }
    if (!target.steps().isEmpty()) {
      changes.add(new Change.Put(at.tree(), target, null));
    }
    form.fixed()
        .forEach(
            f -> changes.add(new Change.Put(at.tree(), target.descendant(f.steps()), f.value())));
    for (FormWord word : form.words()) {
      if (word instanceof FormWord.Variables variables) {
        for (String name : variables.fields()) {
          Form.Field field = FormPrinter.requireField(form, name);
          if (!field.isKey()) {
            changes.add(
                new Change.Put(at.tree(), target.descendant(field.steps()), given.get(name)));
          }
        }
      }
    }
    return new ConfigLine(changes, null);
  }

  private ConfigLine taken(Form form, Map<String, Object> given) {
    DataPath target = target(form, at.path(), given);
    if (form.isEntry()) {
      return new ConfigLine(
          List.of(new Change.Take(at.tree(), target, mode.path().steps().size())), null);
    }
    return new ConfigLine(
        form.leaves().stream()
            .<Change>map(leaf -> new Change.Take(at.tree(), target.descendant(leaf)))
            .toList(),
        null);
  }
}
