package io.vireo.cli.config;

import io.vireo.cli.grammar.Place;
import io.vireo.cli.grammar.Step;
import io.vireo.cli.grammar.Step.Choice;
import io.vireo.cli.schema.CliNode;
import io.vireo.cli.schema.ValueText;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// Slots for values of leaves.
public final class Slots {
  private Slots() {}

  /// A slot that takes a leaf's value.
  ///
  /// @param last whether the line ends with it, so that prose may fill the line
  public static <R> Step<R> value(
      CliNode leaf, boolean last, Supplier<List<Choice>> choices, Function<Object, Place<R>> next) {
    return new Step.Slot<>(
        "<" + leaf.name() + ">",
        help(leaf),
        ValueText.isAnyText(leaf),
        last && leaf.style().prose(),
        choices,
        text -> next.apply(ValueText.parse(leaf, text)));
  }

  /// What a leaf is, what may be written for it, and its default.
  public static String help(CliNode leaf) {
    StringBuilder help = new StringBuilder(leaf.help());
    help.append(help.isEmpty() ? "" : " ").append('(').append(leaf.typeWords());
    if (leaf.units() != null) {
      help.append(' ').append(leaf.units());
    }
    if (leaf.defaultText() != null) {
      help.append("; default ").append(leaf.defaultText());
    }
    return help.append(')').toString();
  }
}
