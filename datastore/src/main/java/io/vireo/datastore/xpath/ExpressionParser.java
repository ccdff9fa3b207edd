package io.vireo.datastore.xpath;

import io.vireo.datastore.xpath.Expression.Axis;
import io.vireo.datastore.xpath.Expression.Relation;
import io.vireo.datastore.xpath.Expression.Sign;
import io.vireo.datastore.xpath.Expression.Step;
import io.vireo.datastore.xpath.Expression.Test;
import io.vireo.datastore.xpath.ExpressionTokens.Kind;
import io.vireo.datastore.xpath.ExpressionTokens.Token;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.xpath.api.YangFunction;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathExpression;

/// Parses expressions (XPath 1.0 §2, §3), binding names and functions. YANG Tools has parsed those
/// of the models, too, but folds `not(true())` to true and groups `a div b div c` from the right:
/// of it the text and the meaning of prefixes are taken. One thread, one use.
public final class ExpressionParser {
  private static final int LENGTH = 1 << 16;
  private static final int DEPTH = 100;
  // They nest to the left, as deep as there are operators.
  private static final int OPERATORS = 1_000;
  private static final Pattern NAME =
      Pattern.compile("(?:([A-Za-z_][\\w.-]*):)?([A-Za-z_][\\w.-]*)");
  private static final Map<String, YangFunction> FUNCTIONS = functions();
  private static final Map<String, Axis> AXES = axes();

  private final String text;
  private final List<Token> tokens;
  private final @Nullable QNameModule module;
  private final Prefixes prefixes;
  private int at;
  private int depth;
  private int operators;

  /// What prefixes mean.
  @FunctionalInterface
  public interface Prefixes {
    /// Null: nothing.
    @Nullable QNameModule find(String prefix);
  }

  private ExpressionParser(String text, @Nullable QNameModule module, Prefixes prefixes) {
    if (text.length() > LENGTH) {
      throw new XPathFault("an expression of " + text.length() + " characters is too long");
    }
    this.text = text;
    this.tokens = ExpressionTokens.of(text);
    this.module = module;
    this.prefixes = prefixes;
  }

  /// The expression of a must or when statement.
  ///
  /// @param module that of the node which the statement constrains
  /// @throws XPathFault it uses what YANG's XPath lacks
  public static Expression of(YangXPathExpression statement, QNameModule module) {
    return new ExpressionParser(
            statement.toString(), module, new StatementPrefixes(statement)::find)
        .whole();
  }

  /// An expression as text, such as a client's filter.
  ///
  /// @param prefixes what prefixes stand for; null: nothing
  /// @param module whose names those without prefix are; null: they are an error
  /// @throws XPathFault it can't be read
  public static Expression of(String text, Prefixes prefixes, @Nullable QNameModule module) {
    return new ExpressionParser(text, module, prefixes).whole();
  }

  private Expression whole() {
    Expression expression = or();
    if (peek().kind() != Kind.END) {
      throw unexpected();
    }
    return expression;
  }

  private Token peek() {
    return tokens.get(at);
  }

  private Token next() {
    return tokens.get(at++);
  }

  private boolean is(String symbol) {
    Token token = peek();
    return token.kind() == Kind.SYMBOL && token.text().equals(symbol);
  }

  private boolean take(String symbol) {
    if (is(symbol)) {
      at++;
      return true;
    }
    return false;
  }

  private void require(String symbol) {
    if (!take(symbol)) {
      throw unexpected();
    }
  }

  private XPathFault unexpected() {
    Token token = peek();
    return new XPathFault(
        token.kind() == Kind.END
            ? "'" + text + "' can't be read as XPath: it ends too early"
            : "'" + text + "' can't be read as XPath from '" + text.substring(token.at()) + "' on");
  }

  // The operators of XPath 1.0 §3.3 to §3.5, weakest first; all group from the left.
  private Expression or() {
    if (++depth > DEPTH) {
      throw new XPathFault("'" + text + "' is nested too deeply");
    }
    List<Expression> parts = new ArrayList<>(List.of(and()));
    while (takeOperator("or")) {
      parts.add(and());
    }
    depth--;
    return parts.size() == 1 ? parts.getFirst() : new Expression.Or(List.copyOf(parts));
  }

  private boolean takeOperator(String name) {
    Token token = peek();
    if (token.kind() == Kind.OPERATOR && token.text().equals(name)) {
      at++;
      return true;
    }
    return false;
  }

  private Expression and() {
    List<Expression> parts = new ArrayList<>(List.of(equality()));
    while (takeOperator("and")) {
      parts.add(equality());
    }
    return parts.size() == 1 ? parts.getFirst() : new Expression.And(List.copyOf(parts));
  }

  private Expression equality() {
    Expression left = relational();
    while (true) {
      if (take("=")) {
        left = counted(new Expression.Comparison(Relation.EQUAL, left, relational()));
      } else if (take("!=")) {
        left = counted(new Expression.Comparison(Relation.NOT_EQUAL, left, relational()));
      } else {
        return left;
      }
    }
  }

  private Expression counted(Expression operation) {
    if (++operators > OPERATORS) {
      throw new XPathFault("an expression of more than " + OPERATORS + " operators is too long");
    }
    return operation;
  }

  private Expression relational() {
    Expression left = additive();
    while (true) {
      if (take("<")) {
        left = counted(new Expression.Comparison(Relation.LESS, left, additive()));
      } else if (take("<=")) {
        left = counted(new Expression.Comparison(Relation.LESS_OR_EQUAL, left, additive()));
      } else if (take(">")) {
        left = counted(new Expression.Comparison(Relation.GREATER, left, additive()));
      } else if (take(">=")) {
        left = counted(new Expression.Comparison(Relation.GREATER_OR_EQUAL, left, additive()));
      } else {
        return left;
      }
    }
  }

  private Expression additive() {
    Expression left = multiplicative();
    while (true) {
      if (take("+")) {
        left = counted(new Expression.Arithmetic(Sign.PLUS, left, multiplicative()));
      } else if (take("-")) {
        left = counted(new Expression.Arithmetic(Sign.MINUS, left, multiplicative()));
      } else {
        return left;
      }
    }
  }

  private Expression multiplicative() {
    Expression left = unary();
    while (true) {
      if (takeOperator("*")) {
        left = counted(new Expression.Arithmetic(Sign.TIMES, left, unary()));
      } else if (takeOperator("div")) {
        left = counted(new Expression.Arithmetic(Sign.DIVIDED, left, unary()));
      } else if (takeOperator("mod")) {
        left = counted(new Expression.Arithmetic(Sign.REMAINDER, left, unary()));
      } else {
        return left;
      }
    }
  }

  private Expression unary() {
    int minuses = 0;
    while (take("-")) {
      minuses++;
    }
    Expression operand = union();
    // Twice is not nothing: it makes a number.
    for (int i = 0; i < Math.min(minuses, 2 - minuses % 2); i++) {
      operand = new Expression.Negation(operand);
    }
    return operand;
  }

  private Expression union() {
    List<Expression> parts = new ArrayList<>(List.of(path()));
    while (take("|")) {
      parts.add(path());
    }
    return parts.size() == 1 ? parts.getFirst() : new Expression.Union(List.copyOf(parts));
  }

  private Expression path() {
    if (!startsPrimary()) {
      return locationPath();
    }
    Expression start = primary();
    List<Expression> predicates = predicates();
    if (!predicates.isEmpty()) {
      start = new Expression.Filter(start, predicates);
    }
    if (!is("/") && !is("//")) {
      return start;
    }
    List<Step> steps = new ArrayList<>();
    while (is("/") || is("//")) {
      separator(steps);
      steps.add(step());
    }
    return new Expression.Path(start, false, List.copyOf(steps));
  }

  // XPath 1.0 §2.5: // is /descendant-or-self::node()/.
  private void separator(List<Step> steps) {
    if (take("//")) {
      steps.add(new Step(Axis.DESCENDANT_OR_SELF, new Test.Any(), List.of(), List.of()));
    } else {
      require("/");
    }
  }

  // XPath 1.0 §3.7: a name before a parenthesis is a function's, unless it is a node type's.
  private boolean startsPrimary() {
    Token token = peek();
    return switch (token.kind()) {
      case LITERAL, NUMBER -> true;
      case SYMBOL -> token.text().equals("(") || token.text().equals("$");
      case NAME -> {
        Token after = tokens.get(at + 1);
        yield after.kind() == Kind.SYMBOL
            && after.text().equals("(")
            && !ExpressionTokens.isNodeType(token.text());
      }
      case OPERATOR, END -> false;
    };
  }

  private Expression primary() {
    Token token = next();
    return switch (token.kind()) {
      case LITERAL -> new Expression.Literal(token.text(), nameOf(token.text()));
      case NUMBER -> new Expression.Number(Double.parseDouble(token.text()));
      case NAME -> call(token.text());
      case SYMBOL -> {
        if (token.text().equals("$")) {
          throw new XPathFault("there are no variables in YANG's XPath: '" + text + "'");
        }
        Expression inner = or();
        require(")");
        yield inner;
      }
      case OPERATOR, END -> throw unexpected();
    };
  }

  private Expression call(String name) {
    require("(");
    List<Expression> arguments = new ArrayList<>();
    if (!is(")")) {
      do {
        arguments.add(or());
      } while (take(","));
    }
    require(")");
    if (arguments.isEmpty() && (name.equals("true") || name.equals("false"))) {
      return new Expression.Truth(name.equals("true"));
    }
    YangFunction function = FUNCTIONS.get(name);
    if (function == null || !Functions.isSupported(function)) {
      throw new XPathFault("there is no function '" + name + "'");
    }
    return new Expression.Call(function, List.copyOf(arguments));
  }

  // Whether a literal is a name is known only where it is compared with an identity.
  private @Nullable QName nameOf(String literal) {
    var name = NAME.matcher(literal);
    if (!name.matches()) {
      return null;
    }
    QNameModule of = name.group(1) == null ? module : prefixes.find(name.group(1));
    return of == null ? null : QName.create(of, name.group(2)); // ASCII by its pattern
  }

  private Expression locationPath() {
    List<Step> steps = new ArrayList<>();
    boolean absolute = is("/") || is("//");
    if (absolute) {
      boolean descends = is("//");
      separator(steps);
      if (!descends && !startsStep()) {
        return new Expression.Path(null, true, List.of());
      }
    }
    steps.add(step());
    while (is("/") || is("//")) {
      separator(steps);
      steps.add(step());
    }
    return new Expression.Path(null, absolute, List.copyOf(steps));
  }

  private boolean startsStep() {
    Token token = peek();
    return token.kind() == Kind.NAME
        || (token.kind() == Kind.SYMBOL && List.of(".", "..", "@", "*").contains(token.text()));
  }

  private Step step() {
    if (take(".")) {
      return abbreviated(Axis.SELF);
    }
    if (take("..")) {
      return abbreviated(Axis.PARENT);
    }
    if (take("@")) {
      throw new XPathFault("axis 'attribute' has no meaning in a data tree");
    }
    Axis axis = Axis.CHILD;
    Token token = peek();
    if (token.kind() == Kind.NAME && isSymbol(at + 1, "::")) {
      Axis named = AXES.get(token.text());
      if (named == null) {
        throw new XPathFault("axis '" + token.text() + "' has no meaning in a data tree");
      }
      axis = named;
      at += 2;
    }
    Test test = test();
    List<Expression> predicates = predicates();
    return new Step(axis, test, predicates, PinFinder.of(predicates));
  }

  // XPath 1.0 §2.5: they take no predicates.
  private Step abbreviated(Axis axis) {
    if (is("[")) {
      throw unexpected();
    }
    return new Step(axis, new Test.Any(), List.of(), List.of());
  }

  private boolean isSymbol(int index, String symbol) {
    Token token = tokens.get(Math.min(index, tokens.size() - 1));
    return token.kind() == Kind.SYMBOL && token.text().equals(symbol);
  }

  private Test test() {
    if (take("*")) {
      return new Test.AnyName();
    }
    Token token = next();
    if (token.kind() != Kind.NAME) {
      at--;
      throw unexpected();
    }
    String name = token.text();
    if (ExpressionTokens.isNodeType(name) && take("(")) {
      require(")");
      if (!name.equals("node")) {
        throw new XPathFault("a data tree has no " + name + " nodes");
      }
      return new Test.Any();
    }
    int colon = name.indexOf(':');
    if (colon < 0) {
      if (module == null) {
        throw new XPathFault("'" + name + "' needs a prefix, declared with xmlns");
      }
      return named(module, name);
    }
    String prefix = name.substring(0, colon);
    QNameModule of = prefixes.find(prefix);
    if (of == null) {
      throw new XPathFault(
          "'" + text + "' can't be read as XPath: prefix '" + prefix + "' means nothing");
    }
    String local = name.substring(colon + 1);
    return local.equals("*") ? new Test.OfModule(of) : named(of, local);
  }

  private static Test named(QNameModule of, String name) {
    try {
      return new Test.Named(QName.create(of, name));
    } catch (IllegalArgumentException e) {
      throw new XPathFault("'" + name + "' is no name that a node could have (RFC 7950 §6.2)");
    }
  }

  private List<Expression> predicates() {
    List<Expression> predicates = new ArrayList<>();
    while (take("[")) {
      predicates.add(or());
      require("]");
    }
    return List.copyOf(predicates);
  }

  private static Map<String, YangFunction> functions() {
    Map<String, YangFunction> byName = new HashMap<>();
    for (YangFunction function : YangFunction.values()) {
      byName.put(function.getIdentifier().getLocalName(), function);
    }
    return Map.copyOf(byName);
  }

  private static Map<String, Axis> axes() {
    Map<String, Axis> byName = new HashMap<>();
    for (Axis axis : Axis.values()) {
      byName.put(axis.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'), axis);
    }
    return Map.copyOf(byName);
  }
}
