package io.vireo.generator.java;

import java.util.List;

/// Source under construction, indented by its braces.
final class SourceText {
  private static final int DOC_WIDTH = 92;

  private final StringBuilder text = new StringBuilder();
  private int indent;

  /// A line; one that ends in `{` or starts with `}` changes the indentation.
  SourceText line(String line) {
    if (line.startsWith("}")) {
      indent--;
    }
    if (!line.isEmpty()) {
      text.append("  ".repeat(indent)).append(line);
    }
    text.append('\n');
    if (line.endsWith("{")) {
      indent++;
    }
    return this;
  }

  SourceText blank() {
    return line("");
  }

  /// A Markdown documentation comment, wrapped.
  SourceText doc(String markdown) {
    for (String paragraph : markdown.split("\n", -1)) {
      StringBuilder line = new StringBuilder();
      for (String word : paragraph.split(" ")) {
        if (line.length() + word.length() > DOC_WIDTH - 2 * indent && !line.isEmpty()) {
          docLine(line.toString());
          line.setLength(0);
        }
        line.append(line.isEmpty() ? "" : " ").append(word);
      }
      docLine(line.toString());
    }
    return this;
  }

  private void docLine(String content) {
    text.append("  ".repeat(indent)).append(content.isEmpty() ? "///" : "/// " + content);
    text.append('\n');
  }

  /// `head(`, one argument a line, `tail`.
  SourceText list(String head, List<String> arguments, String tail) {
    if (arguments.isEmpty()) {
      return line(head + "()" + tail);
    }
    text.append("  ".repeat(indent)).append(head).append("(\n");
    for (int i = 0; i < arguments.size(); i++) {
      text.append("  ".repeat(indent + 2)).append(arguments.get(i));
      text.append(i + 1 < arguments.size() ? ",\n" : ")" + tail + "\n");
    }
    if (tail.endsWith("{")) {
      indent++;
    }
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
