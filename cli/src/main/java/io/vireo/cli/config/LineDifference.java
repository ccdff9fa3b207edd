package io.vireo.cli.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// What differs between two prints of configuration: lines taken away (`-`) and added (`+`), below
/// the heads of the modes that they stand in.
public final class LineDifference {
  private LineDifference() {}

  private record Line(String text, List<String> heads) {}

  /// Lines of the difference; none: they are the same.
  public static List<String> of(List<String> before, List<String> after) {
    List<Line> a = withHeads(before);
    List<Line> b = withHeads(after);
    int first = 0;
    while (first < a.size() && first < b.size() && a.get(first).equals(b.get(first))) {
      first++;
    }
    int endA = a.size();
    int endB = b.size();
    while (endA > first && endB > first && a.get(endA - 1).equals(b.get(endB - 1))) {
      endA--;
      endB--;
    }
    return compare(a.subList(first, endA), b.subList(first, endB));
  }

  /// Each line with the heads above it; without ends of modes.
  private static List<Line> withHeads(List<String> lines) {
    List<Line> result = new ArrayList<>();
    Deque<String> heads = new ArrayDeque<>();
    for (String text : lines) {
      String word = text.strip();
      if (word.equals("exit") || word.equals("!")) {
        continue;
      }
      int depth = text.length() - text.stripLeading().length();
      while (heads.size() > depth) {
        heads.removeLast();
      }
      result.add(new Line(text, List.copyOf(heads)));
      heads.addLast(text);
    }
    return result;
  }

  /// Longest common subsequence.
  private static List<String> compare(List<Line> a, List<Line> b) {
    int[][] longest = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        longest[i][j] =
            a.get(i).equals(b.get(j))
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    List<String> result = new ArrayList<>();
    List<String> shown = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < a.size() || j < b.size()) {
      if (i < a.size() && j < b.size() && a.get(i).equals(b.get(j))) {
        i++;
        j++;
      } else if (j < b.size() && (i == a.size() || longest[i][j + 1] > longest[i + 1][j])) {
        add('+', b.get(j++), shown, result);
      } else {
        add('-', a.get(i++), shown, result);
      }
    }
    return result;
  }

  private static void add(char sign, Line line, List<String> shown, List<String> result) {
    for (int d = 0; d < line.heads.size(); d++) {
      String head = line.heads.get(d);
      boolean known = d < shown.size() && shown.get(d).equals(head);
      if (!known) {
        result.add("  " + head);
        while (shown.size() > d) {
          shown.removeLast();
        }
        shown.add(head);
      }
    }
    while (shown.size() > line.heads.size()) {
      shown.removeLast();
    }
    result.add(sign + " " + line.text);
    shown.add(line.text);
  }
}
