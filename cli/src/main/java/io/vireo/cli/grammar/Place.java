package io.vireo.cli.grammar;

import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A point in a line.
///
/// @param steps what may follow; made when it is asked for
/// @param end what the line means if it ends here; null: it may not
/// @param <R> what lines mean
public record Place<R>(Supplier<List<Step<R>>> steps, @Nullable Supplier<R> end) {
  /// Nothing may follow.
  public static <R> Place<R> last(Supplier<R> end) {
    return new Place<>(List::of, end);
  }

  /// Something must follow.
  public static <R> Place<R> before(Supplier<List<Step<R>>> steps) {
    return new Place<>(steps, null);
  }

  /// The same lines with other meanings.
  public <S> Place<S> map(Function<R, S> meaning) {
    Supplier<R> own = end;
    return new Place<>(
        () -> steps.get().stream().<Step<S>>map(step -> map(step, meaning)).toList(),
        own == null ? null : () -> meaning.apply(own.get()));
  }

  private static <R, S> Step<S> map(Step<R> step, Function<R, S> meaning) {
    return switch (step) {
      case Step.Keyword<R> k ->
          new Step.Keyword<>(
              k.word(), k.help(), k.rank(), k.hidden(), () -> k.next().get().map(meaning));
      case Step.Slot<R> s ->
          new Step.Slot<>(
              s.label(),
              s.help(),
              s.anyText(),
              s.prose(),
              s.choices(),
              text -> s.reader().read(text).map(meaning));
    };
  }

  /// The lines of both.
  public Place<R> or(Place<R> other) {
    return new Place<>(
        () -> Stream.concat(steps.get().stream(), other.steps.get().stream()).toList(),
        end != null ? end : other.end);
  }
}
