package io.vireo.cli.grammar;

import io.vireo.cli.schema.BadValueException;
import java.util.List;
import java.util.function.Supplier;

/// One word that may come next.
///
/// @param <R> what lines mean
public sealed interface Step<R> {
  /// What is shown for it.
  String label();

  String help();

  /// A word of the grammar; may be cut short as long as it is clear.
  ///
  /// @param rank of several meanings of a line the one with the lowest sum is taken
  /// @param hidden understood, but shown and completed only if nothing else fits
  record Keyword<R>(String word, String help, int rank, boolean hidden, Supplier<Place<R>> next)
      implements Step<R> {
    public Keyword(String word, String help, Supplier<Place<R>> next) {
      this(word, help, 0, false, next);
    }

    @Override
    public String label() {
      return word;
    }
  }

  /// A value.
  ///
  /// @param label what is shown for it: `<name>`
  /// @param help what it is, and what may be written
  /// @param anyText whether any text is a value: other meanings of a word come first, unless it
  ///   stands in quotes
  /// @param prose whether an unquoted value runs to the line's end
  /// @param choices values there are
  /// @param reader what follows a value
  record Slot<R>(
      String label,
      String help,
      boolean anyText,
      boolean prose,
      Supplier<List<Choice>> choices,
      Reader<R> reader)
      implements Step<R> {}

  /// A value to choose.
  record Choice(String text, String help) {}

  /// Reads a value.
  @FunctionalInterface
  interface Reader<R> {
    /// @throws BadValueException when the text is none
    Place<R> read(String text) throws BadValueException;
  }
}
