package io.vireo.cli.exec;

import io.vireo.cli.grammar.Place;
import io.vireo.cli.grammar.Step;
import io.vireo.cli.schema.BadValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// What stands behind a bar: takes some of a command's lines.
public sealed interface Filter {
  /// Lines that fit.
  record Include(Pattern pattern) implements Filter {}

  /// Lines that don't.
  record Exclude(Pattern pattern) implements Filter {}

  /// The first line that fits, and all that follow.
  record Begin(Pattern pattern) implements Filter {}

  /// Lines that fit, each with the deeper indented ones behind it.
  record Section(Pattern pattern) implements Filter {}

  /// Their number.
  record Count() implements Filter {}

  /// All of them, without a pause.
  record NoMore() implements Filter {}

  /// The lines that come through.
  static List<String> apply(List<String> lines, List<Filter> filters) {
    List<String> passed = lines;
    for (Filter filter : filters) {
      passed =
          switch (filter) {
            case Include(Pattern p) -> passed.stream().filter(l -> p.matcher(l).find()).toList();
            case Exclude(Pattern p) -> passed.stream().filter(l -> !p.matcher(l).find()).toList();
            case Begin(Pattern p) -> passed.stream().dropWhile(l -> !p.matcher(l).find()).toList();
            case Section(Pattern p) -> sections(passed, p);
            case Count() -> List.of("Count: " + passed.size() + " lines");
            case NoMore() -> passed;
          };
    }
    return passed;
  }

  private static List<String> sections(List<String> lines, Pattern pattern) {
    List<String> kept = new ArrayList<>();
    int depth = -1;
    for (String line : lines) {
      int indent = line.length() - line.stripLeading().length();
      if (depth >= 0 && indent > depth) {
        kept.add(line);
      } else if (pattern.matcher(line).find()) {
        depth = indent;
        kept.add(line);
      } else {
        depth = -1;
      }
    }
    return kept;
  }

  /// A line that may end here or go on with bars and filters.
  static <R> Place<R> piped(Function<List<Filter>, R> meaning) {
    return piped(List.of(), meaning);
  }

  private static <R> Place<R> piped(List<Filter> so, Function<List<Filter>, R> meaning) {
    return new Place<>(
        () ->
            List.of(
                new Step.Keyword<>(
                    "|", "Take some of the lines", () -> Place.before(() -> steps(so, meaning)))),
        () -> meaning.apply(so));
  }

  private static <R> List<Step<R>> steps(List<Filter> so, Function<List<Filter>, R> meaning) {
    return List.of(
        pattern("include", "Lines that fit", so, meaning, Include::new),
        pattern("exclude", "Lines that don't fit", so, meaning, Exclude::new),
        pattern("begin", "From the first line that fits", so, meaning, Begin::new),
        pattern("section", "Lines that fit, with what is below them", so, meaning, Section::new),
        new Step.Keyword<>("count", "How many lines", () -> piped(with(so, new Count()), meaning)),
        new Step.Keyword<>(
            "no-more", "Without a pause", () -> piped(with(so, new NoMore()), meaning)));
  }

  private static <R> Step<R> pattern(
      String word,
      String help,
      List<Filter> so,
      Function<List<Filter>, R> meaning,
      Function<Pattern, Filter> filter) {
    return new Step.Keyword<>(
        word,
        help,
        () ->
            Place.before(() ->
                List.of(
                    new Step.Slot<>(
                        "<pattern>",
                        "A regular expression",
                        true,
                        false,
                        List::of,
                        text -> piped(with(so, filter.apply(compile(text))), meaning)))));
  }

  private static Pattern compile(String text) throws BadValueException {
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new BadValueException("'" + text + "' is no regular expression: " + e.getDescription());
    }
  }

  private static List<Filter> with(List<Filter> so, Filter next) {
    List<Filter> more = new ArrayList<>(so);
    more.add(next);
    return more;
  }
}
