package io.vireo.cli.grammar;

import io.vireo.cli.grammar.Step.Choice;
import io.vireo.cli.grammar.Step.Keyword;
import io.vireo.cli.grammar.Step.Slot;
import io.vireo.cli.grammar.Words.Word;
import io.vireo.cli.schema.BadValueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// Walks a grammar along a line, in all ways that fit at once, so that a word cut short need only
/// be clear by the end of the line.
///
/// @param <R> what lines mean
public final class LineMatcher<R> {
  private static final int MOST_EXPECTED = 8;

  private final Place<R> start;

  public LineMatcher(Place<R> start) {
    this.start = start;
  }

  /// What came of matching a line.
  public sealed interface Outcome<R> {
    /// The line is understood.
    record Matched<R>(R meaning) implements Outcome<R> {}

    /// It isn't.
    ///
    /// @param column where in the line
    /// @param message what is wrong, and what was expected
    record Failed<R>(int column, String message) implements Outcome<R> {}
  }

  /// A line of help.
  public record Help(String label, String text) {}

  /// One way to understand the words so far.
  private record Way<R>(Place<R> place, int rank, List<String> spelled) {
    Way<R> on(Place<R> next, int more, String word) {
      List<String> longer = new ArrayList<>(spelled);
      longer.add(word);
      return new Way<>(next, rank + more, longer);
    }
  }

  /// The ways after some words, and how far they came.
  private record Walk<R>(List<Way<R>> ways, List<Way<R>> before, int matched, List<String> bad) {}

  /// What a line means.
  public Outcome<R> match(String line) {
    List<Word> words = Words.split(line);
    Walk<R> walk = walk(line, words);
    if (walk.ways.isEmpty()) {
      Word wrong = words.get(walk.matched);
      String message =
          walk.bad.size() == 1
              ? walk.bad.getFirst()
              : "'" + wrong.text() + "' is not known here" + expected(walk.before);
      return new Outcome.Failed<>(wrong.start(), message);
    }
    int end = line.stripTrailing().length();
    List<Meaning<R>> meanings = new ArrayList<>();
    for (Way<R> way : walk.ways) {
      Supplier<R> meaning = way.place.end();
      if (meaning != null) {
        meanings.add(new Meaning<>(way, meaning));
      }
    }
    if (meanings.isEmpty()) {
      return new Outcome.Failed<>(end + 1, "the line is incomplete" + expected(walk.ways));
    }
    int best = meanings.stream().mapToInt(m -> m.way.rank).min().orElseThrow();
    meanings.removeIf(m -> m.way.rank > best);
    Set<String> spellings = new LinkedHashSet<>();
    meanings.forEach(m -> spellings.add(String.join(" ", m.way.spelled)));
    if (spellings.size() > 1) {
      return new Outcome.Failed<>(
          words.getFirst().start(),
          "the line may mean '" + String.join("' or '", spellings) + "': write more of it");
    }
    return new Outcome.Matched<>(meanings.getFirst().meaning.get());
  }

  private record Meaning<R>(Way<R> way, Supplier<R> meaning) {}

  private Walk<R> walk(String line, List<Word> words) {
    List<Way<R>> ways = List.of(new Way<>(start, 0, List.of()));
    List<Way<R>> finished = new ArrayList<>();
    for (int i = 0; i < words.size(); i++) {
      List<Way<R>> next = new ArrayList<>();
      Set<String> bad = new LinkedHashSet<>();
      advance(ways, line, words.get(i), next, finished, bad);
      if (next.isEmpty() && finished.isEmpty()) {
        return new Walk<>(List.of(), ways, i, List.copyOf(bad));
      }
      ways = next;
    }
    List<Way<R>> all = new ArrayList<>(ways);
    all.addAll(finished);
    return new Walk<>(all, all, words.size(), List.of());
  }

  private static <R> void advance(
      List<Way<R>> ways,
      String line,
      Word word,
      List<Way<R>> next,
      List<Way<R>> finished,
      Set<String> bad) {
    List<Way<R>> shortened = new ArrayList<>();
    for (Way<R> way : ways) {
      for (Step<R> step : way.place.steps().get()) {
        switch (step) {
          case Keyword<R> keyword -> {
            if (!word.quoted() && keyword.word().startsWith(word.text())) {
              (keyword.word().equals(word.text()) ? next : shortened)
                  .add(way.on(keyword.next().get(), keyword.rank(), keyword.word()));
            }
          }
          case Slot<R> slot -> {
            boolean rest = slot.prose() && !word.quoted();
            String text = rest ? line.substring(word.start()).stripTrailing() : word.text();
            try {
              Way<R> on =
                  way.on(
                      slot.reader().read(text),
                      slot.anyText() == word.quoted() ? 0 : 1,
                      slot.label());
              (rest ? finished : shortened).add(on);
            } catch (BadValueException e) {
              bad.add(e.getMessage());
            }
          }
        }
      }
    }
    if (next.isEmpty()) {
      next.addAll(shortened);
    }
  }

  private static <R> String expected(List<Way<R>> ways) {
    Set<String> labels = new LinkedHashSet<>();
    for (Way<R> way : ways) {
      way.place.steps().get().stream()
          .filter(s -> !isHidden(s))
          .forEach(s -> labels.add(s.label()));
    }
    if (labels.isEmpty()) {
      return ": nothing may follow";
    }
    List<String> shown = labels.stream().sorted().limit(MOST_EXPECTED).toList();
    return ": expected "
        + String.join(", ", shown)
        + (labels.size() > shown.size() ? " ... ('?' shows all)" : "");
  }

  private static boolean isHidden(Step<?> step) {
    return step instanceof Keyword<?>(var w, var h, var r, boolean hidden, var n) && hidden;
  }

  /// What may stand at the end of a line that isn't finished: words that its last word may become,
  /// or that may follow it if it ends with a blank.
  public List<Help> help(String line) {
    Unfinished<R> unfinished = unfinished(line);
    Map<String, String> found = new LinkedHashMap<>();
    boolean onlyHidden = true;
    for (Way<R> way : unfinished.ways) {
      for (Step<R> step : way.place.steps().get()) {
        if (step.label().startsWith(unfinished.part) && !isHidden(step)) {
          onlyHidden = false;
        }
      }
    }
    for (Way<R> way : unfinished.ways) {
      for (Step<R> step : way.place.steps().get()) {
        switch (step) {
          case Keyword<R> keyword -> {
            if (keyword.word().startsWith(unfinished.part) && keyword.hidden() == onlyHidden) {
              found.putIfAbsent(keyword.word(), keyword.help());
            }
          }
          case Slot<R> slot -> {
            if (unfinished.part.isEmpty() || accepts(slot, unfinished.part)) {
              found.putIfAbsent(slot.label(), slot.help());
            }
            choicesOf(slot, unfinished.part).forEach(c -> found.putIfAbsent(c.text(), c.help()));
          }
        }
      }
    }
    List<Help> help = new ArrayList<>();
    found.forEach((label, text) -> help.add(new Help(label, text)));
    help.sort((a, b) -> a.label().compareTo(b.label()));
    if (unfinished.part.isEmpty()
        && unfinished.ways.stream().anyMatch(w -> w.place.end() != null)) {
      help.add(new Help("<cr>", ""));
    }
    return help;
  }

  /// Words that the last word of a line may become: whole ones, ready to be put in.
  public List<Choice> completions(String line) {
    Unfinished<R> unfinished = unfinished(line);
    Map<String, Choice> shown = new LinkedHashMap<>();
    Map<String, Choice> hidden = new LinkedHashMap<>();
    for (Way<R> way : unfinished.ways) {
      for (Step<R> step : way.place.steps().get()) {
        switch (step) {
          case Keyword<R> keyword -> {
            if (keyword.word().startsWith(unfinished.part)) {
              (keyword.hidden() ? hidden : shown)
                  .putIfAbsent(keyword.word(), new Choice(keyword.word(), keyword.help()));
            }
          }
          case Slot<R> slot ->
              choicesOf(slot, unfinished.part).forEach(c -> shown.putIfAbsent(c.text(), c));
        }
      }
    }
    return List.copyOf((shown.isEmpty() ? hidden : shown).values());
  }

  private record Unfinished<R>(List<Way<R>> ways, String part) {}

  private Unfinished<R> unfinished(String line) {
    List<Word> words = new ArrayList<>(Words.split(line));
    String part = "";
    if (!words.isEmpty() && !Character.isWhitespace(line.charAt(line.length() - 1))) {
      part = words.removeLast().text();
    }
    String known = words.isEmpty() ? "" : line.substring(0, words.getLast().end());
    return new Unfinished<>(walk(known, words).ways, part);
  }

  private static boolean accepts(Slot<?> slot, String text) {
    try {
      slot.reader().read(text);
      return true;
    } catch (BadValueException e) {
      return false;
    }
  }

  private static List<Choice> choicesOf(Slot<?> slot, String part) {
    return slot.choices().get().stream().filter(c -> c.text().startsWith(part)).toList();
  }
}
