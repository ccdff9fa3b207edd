package io.vireo.cli.config;

import io.vireo.cli.grammar.Words;
import io.vireo.cli.schema.CliNode;
import io.vireo.cli.schema.DataPath;
import io.vireo.cli.schema.Form;
import io.vireo.cli.schema.Form.FormWord;
import io.vireo.cli.schema.Instances;
import io.vireo.cli.schema.ValueText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Finds what of a tree can be printed as a form.
final class FormPrinter {
  private FormPrinter() {}

  /// Data that a form can print.
  ///
  /// @param target path of the form's node
  /// @param values the variables
  record Instance(DataPath target, Map<String, Object> values) {
    Instance {
      values = Map.copyOf(values);
    }
  }

  private record Found(DataPath path, NormalizedNode data, Map<String, Object> keys) {}

  /// All data below an anchor that the form can print, sorted.
  static List<Instance> instances(Form form, DataPath anchor, NormalizedNode data) {
    List<Found> level = List.of(new Found(anchor, data, Map.of()));
    for (Form.Step step : form.steps()) {
      List<Found> next = new ArrayList<>();
      for (Found found : level) {
        if (step.node().kind() == CliNode.Kind.LIST) {
          addEntries(found, step, next);
        } else {
          Instances.child(found.data, step.node())
              .ifPresent(
                  child -> next.add(new Found(found.path.child(step.node()), child, found.keys)));
        }
      }
      level = next;
    }
    List<Instance> instances = new ArrayList<>();
    for (Found found : level) {
      complete(form, found).ifPresent(instances::add);
    }
    return instances;
  }

  private static void addEntries(Found found, Form.Step step, List<Found> into) {
    for (Instances.Entry entry : Instances.entries(found.data, step.node())) {
      Map<String, Object> keys = new HashMap<>(found.keys);
      boolean fits = true;
      for (int i = 0; i < step.keys().size(); i++) {
        Form.Key key = step.keys().get(i);
        Object value = entry.keys().get(i);
        if (key.field() == null) {
          fits &= value.equals(key.value());
        } else {
          keys.put(key.field(), value);
        }
      }
      if (fits) {
        into.add(new Found(found.path.entry(step.node(), entry.keys()), entry.data(), keys));
      }
    }
  }

  private static Optional<Instance> complete(Form form, Found found) {
    Map<String, Object> values = new HashMap<>(found.keys);
    for (Form.Fixed fixed : form.fixed()) {
      if (!fixed.value().equals(value(found.data, fixed.steps()))) {
        return Optional.empty();
      }
    }
    for (Map.Entry<String, Form.Field> field : form.fields().entrySet()) {
      if (!field.getValue().isKey()) {
        Object value = value(found.data, field.getValue().steps());
        if (value == null) {
          return Optional.empty();
        }
        values.put(field.getKey(), value);
      }
    }
    return Optional.of(new Instance(found.path, values));
  }

  private static @Nullable Object value(NormalizedNode from, List<CliNode> steps) {
    Optional<NormalizedNode> at = Optional.of(from);
    for (CliNode step : steps) {
      at = at.flatMap(data -> Instances.child(data, step));
    }
    return at.map(NormalizedNode::body).orElse(null);
  }

  /// The line for data.
  ///
  /// @param all the forms that the line could be taken for
  static String line(Form form, Instance instance, List<Form> all) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < form.words().size(); i++) {
      words.add(
          switch (form.words().get(i)) {
            case FormWord.Literal(String text) -> text;
            case FormWord.Variables variables -> {
              String text = word(form, variables, instance);
              int index = i;
              boolean unclear =
                  all.stream()
                      .anyMatch(f ->
                          !f.equals(form)
                              && f.mayBeginAs(form, index)
                              && couldHave(f, index, text));
              yield Words.quote(text, unclear && isAnyText(form, variables));
            }
          });
    }
    return String.join(" ", words);
  }

  private static boolean isAnyText(Form form, FormWord.Variables variables) {
    return variables.fields().size() == 1
        && ValueText.isAnyText(requireField(form, variables.fields().getFirst()).leaf());
  }

  /// Whether a form could be meant by a word of that text.
  private static boolean couldHave(Form form, int index, String text) {
    if (index >= form.words().size()) {
      return false;
    }
    return switch (form.words().get(index)) {
      case FormWord.Literal(String word) -> word.startsWith(text);
      case FormWord.Variables variables ->
          !isAnyText(form, variables) && FormGrammar.accepts(form, variables, text);
    };
  }

  /// One word of it.
  static String word(Form form, FormWord.Variables variables, Instance instance) {
    StringBuilder text = new StringBuilder(variables.texts().getFirst());
    for (int i = 0; i < variables.fields().size(); i++) {
      String name = variables.fields().get(i);
      Object value = instance.values.get(name);
      text.append(value == null ? "" : ValueText.print(requireField(form, name).leaf(), value))
          .append(variables.texts().get(i + 1));
    }
    return text.toString();
  }

  static Form.Field requireField(Form form, String name) {
    Form.Field field = form.fields().get(name);
    if (field == null) {
      throw new IllegalStateException(form.template() + " has no variable " + name);
    }
    return field;
  }
}
