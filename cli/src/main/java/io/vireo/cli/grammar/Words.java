package io.vireo.cli.grammar;

import java.util.ArrayList;
import java.util.List;

/// Lines as words, both ways. A word with blanks, quotes or a bar in it stands in double quotes, in
/// which a backslash protects the next character; `\n` and `\t` are a line's end and a tabulator.
public final class Words {
  private Words() {}

  /// A word of a line.
  ///
  /// @param text the word without its quotes
  /// @param start where it begins
  /// @param end behind its last character
  /// @param quoted whether it stood in quotes
  public record Word(String text, int start, int end, boolean quoted) {}

  /// The words of a line; an open quote ends with the line.
  public static List<Word> split(String line) {
    List<Word> words = new ArrayList<>();
    int at = 0;
    while (true) {
      while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
        at++;
      }
      if (at >= line.length()) {
        return words;
      }
      int start = at;
      StringBuilder text = new StringBuilder();
      if (line.charAt(at) == '"') {
        at = quoted(line, at + 1, text);
        words.add(new Word(text.toString(), start, at, true));
      } else {
        while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
          text.append(line.charAt(at++));
        }
        words.add(new Word(text.toString(), start, at, false));
      }
    }
  }

  private static int quoted(String line, int from, StringBuilder text) {
    int at = from;
    while (at < line.length() && line.charAt(at) != '"') {
      char c = line.charAt(at++);
      if (c == '\\' && at < line.length()) {
        c = line.charAt(at++);
        c = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
      }
      text.append(c);
    }
    return Math.min(at + 1, line.length());
  }

  /// The text as one word of a line.
  public static String quote(String text) {
    return quote(text, false);
  }

  /// The text as one word of a line.
  ///
  /// @param always in quotes even if it needs none
  public static String quote(String text, boolean always) {
    if (!always && !text.isEmpty() && text.chars().allMatch(Words::isPlain)) {
      return text;
    }
    return '"'
        + text.replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t")
        + '"';
  }

  private static boolean isPlain(int c) {
    return c > ' ' && c != '"' && c != '|' && c != '?' && c != '!' && !Character.isWhitespace(c);
  }
}
