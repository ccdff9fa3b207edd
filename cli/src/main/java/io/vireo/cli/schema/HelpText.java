package io.vireo.cli.schema;

import java.util.Optional;

/// Descriptions cut down to a line of help.
final class HelpText {
  private static final int LONGEST_CHARACTERS = 100;

  private HelpText() {}

  /// The first sentence, on one line.
  static String firstSentence(Optional<String> description) {
    String text = description.orElse("").replaceAll("\\s+", " ").strip();
    int end = text.indexOf(". ");
    if (end >= 0) {
      text = text.substring(0, end);
    }
    if (text.endsWith(".")) {
      text = text.substring(0, text.length() - 1);
    }
    return text.length() <= LONGEST_CHARACTERS
        ? text
        : text.substring(0, text.lastIndexOf(' ', LONGEST_CHARACTERS - 3)) + " ...";
  }
}
