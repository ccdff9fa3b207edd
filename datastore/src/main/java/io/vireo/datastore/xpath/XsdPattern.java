package io.vireo.datastore.xpath;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// Regular expressions of XML Schema (RFC 7950 §9.4.5) as Java's.
final class XsdPattern {
  private static final String NAME_START = "A-Z_a-z:\\u00C0-\\u02FF\\u0370-\\u1FFF";
  private static final String NAME = NAME_START + "\\-.0-9\\u00B7";

  private XsdPattern() {}

  static Pattern compile(String expression) {
    StringBuilder java = new StringBuilder();
    int depth = 0;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '\\' && i + 1 < expression.length()) {
        java.append(escape(expression.charAt(++i), depth > 0));
      } else if (c == '[' && depth > 0 && java.charAt(java.length() - 1) == '-') {
        // What XML Schema takes out of a class is for Java an intersection with the complement.
        java.setLength(java.length() - 1);
        java.append("&&[^");
        depth++;
      } else if (c == '[') {
        java.append(c);
        depth++;
      } else if (c == ']') {
        java.append(c);
        depth--;
      } else if ((c == '^' || c == '$') && depth == 0) {
        // XML Schema has no anchors.
        java.append('\\').append(c);
      } else {
        java.append(c);
      }
    }
    try {
      return Pattern.compile(java.toString());
    } catch (PatternSyntaxException e) {
      throw new XPathFault("'" + expression + "' is no regular expression", e);
    }
  }

  private static String escape(char escaped, boolean inClass) {
    return switch (escaped) {
      case 'i' -> inClass ? NAME_START : "[" + NAME_START + "]";
      case 'I' -> "[^" + NAME_START + "]";
      case 'c' -> inClass ? NAME : "[" + NAME + "]";
      case 'C' -> "[^" + NAME + "]";
      default -> "\\" + escaped;
    };
  }
}
