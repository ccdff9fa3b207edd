package io.vireo.datastore.xpath;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Takes an expression's text apart (XPath 1.0 §3.7).
final class ExpressionTokens {
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:"
              + "(?<literal>'[^']*'|\"[^\"]*\")"
              + "|(?<number>[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)"
              + "|(?<name>[\\p{L}_][\\p{L}\\p{N}_.-]*(?::(?!:)(?:\\*|[\\p{L}_][\\p{L}\\p{N}_.-]*))?)"
              + "|(?<symbol>::|//|\\.\\.|!=|<=|>=|[()\\[\\].@,/|+\\-=<>*$])"
              + ")");
  private static final Set<String> OPERATORS = Set.of("and", "or", "div", "mod");
  private static final Set<String> NODE_TYPES =
      Set.of("node", "text", "comment", "processing-instruction");
  // After these an operator can't stand: a star is a name test, a word is a name.
  private static final Set<String> BEFORE_OPERANDS =
      Set.of(
          "@", "::", "(", "[", ",", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">=", "$");

  private ExpressionTokens() {}

  enum Kind {
    LITERAL,
    NUMBER,
    NAME,
    /// `and`, `or`, `div`, `mod`, and a star that multiplies.
    OPERATOR,
    SYMBOL,
    END
  }

  /// @param at where it begins
  record Token(Kind kind, String text, int at) {}

  static boolean isNodeType(String name) {
    return NODE_TYPES.contains(name);
  }

  /// The tokens of a text, [Kind#END] last.
  ///
  /// @throws XPathFault it has something that is none
  static List<Token> of(String text) {
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(text);
    int at = 0;
    while (!text.substring(at).isBlank()) {
      if (!matcher.region(at, text.length()).lookingAt()) {
        throw new XPathFault(
            "'" + text + "' can't be read as XPath from '" + text.substring(at).strip() + "' on");
      }
      tokens.add(token(matcher, tokens.isEmpty() ? null : tokens.getLast()));
      at = matcher.end();
    }
    tokens.add(new Token(Kind.END, "", text.length()));
    return List.copyOf(tokens);
  }

  private static Token token(Matcher matcher, @org.jspecify.annotations.Nullable Token before) {
    String literal = matcher.group("literal");
    if (literal != null) {
      return new Token(
          Kind.LITERAL, literal.substring(1, literal.length() - 1), matcher.start("literal"));
    }
    String number = matcher.group("number");
    if (number != null) {
      return new Token(Kind.NUMBER, number, matcher.start("number"));
    }
    boolean operator = before != null && !isBeforeOperand(before);
    String name = matcher.group("name");
    if (name != null) {
      return new Token(
          operator && OPERATORS.contains(name) ? Kind.OPERATOR : Kind.NAME,
          name,
          matcher.start("name"));
    }
    String symbol = matcher.group("symbol");
    return new Token(
        operator && symbol.equals("*") ? Kind.OPERATOR : Kind.SYMBOL,
        symbol,
        matcher.start("symbol"));
  }

  private static boolean isBeforeOperand(Token token) {
    return token.kind() == Kind.OPERATOR
        || (token.kind() == Kind.SYMBOL && BEFORE_OPERANDS.contains(token.text()));
  }
}
