package io.vireo.datastore.xpath;

import io.vireo.datastore.xpath.Expression.Axis;
import io.vireo.datastore.xpath.Expression.Pin;
import io.vireo.datastore.xpath.Expression.Relation;
import io.vireo.datastore.xpath.Expression.Sign;
import io.vireo.datastore.xpath.Expression.Step;
import io.vireo.datastore.xpath.Expression.Test;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import javax.xml.xpath.XPathExpressionException;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.common.YangNamespaceContext;
import org.opendaylight.yangtools.yang.model.api.PathExpression;
import org.opendaylight.yangtools.yang.xpath.api.QNameReferent;
import org.opendaylight.yangtools.yang.xpath.api.ResolvedQNameReferent;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangBooleanConstantExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangFilterExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangFunction;
import org.opendaylight.yangtools.yang.xpath.api.YangFunctionCallExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLiteralExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath;
import org.opendaylight.yangtools.yang.xpath.api.YangNaryExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangNegateExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangNumberExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangPathExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangQNameExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathExpression;
import org.opendaylight.yangtools.yang.xpath.impl.AntlrXPathParserFactory;

/// Makes expressions of what YANG Tools has parsed.
///
/// @param module whose names those without prefix are (RFC 7950 §6.4.1); null: a name without
///   prefix is an error, as in a NETCONF filter
public record ExpressionCompiler(
    @Nullable QNameModule module, @Nullable YangXPathExpression literals) {
  private static final Map<QName, YangFunction> FUNCTIONS = functions();

  private static Map<QName, YangFunction> functions() {
    Map<QName, YangFunction> byName = new java.util.HashMap<>();
    for (YangFunction function : YangFunction.values()) {
      byName.put(function.getIdentifier(), function);
    }
    return Map.copyOf(byName);
  }

  /// The expression of a must or when statement.
  ///
  /// @param module that of the node which the statement constrains
  /// @throws XPathFault it uses what YANG's XPath lacks
  public static Expression of(YangXPathExpression parsed, QNameModule module) {
    return new ExpressionCompiler(module, parsed).compile(parsed.getRootExpr());
  }

  /// The path of a leafref.
  ///
  /// @param module that of the leaf
  public static Expression of(PathExpression path, QNameModule module) {
    ExpressionCompiler compiler = new ExpressionCompiler(module, null);
    return switch (path.getSteps()) {
      case PathExpression.LocationPathSteps plain -> compiler.path(plain.getLocationPath());
      case PathExpression.DerefSteps deref ->
          new Expression.Path(
              new Expression.Call(
                  YangFunction.DEREF, List.of(compiler.path(deref.getDerefArgument()))),
              false,
              compiler.steps(deref.getRelativePath()));
      default -> throw new XPathFault("'" + path.getOriginalString() + "' is no path");
    };
  }

  /// An expression as text, such as a client's filter.
  ///
  /// @param prefixes what prefixes stand for
  /// @param module whose names those without prefix are; null: they are an error
  /// @throws XPathFault it can't be read
  public static Expression of(
      String text, YangNamespaceContext prefixes, @Nullable QNameModule module) {
    AntlrXPathParserFactory parsers = new AntlrXPathParserFactory();
    YangXPathExpression parsed;
    try {
      parsed =
          module == null
              ? parsers.newParser(prefixes).parseExpression(text)
              : parsers.newParser(prefixes, module).parseExpression(text);
    } catch (XPathExpressionException | IllegalArgumentException e) {
      throw new XPathFault("'" + text + "' can't be read as XPath: " + e.getMessage(), e);
    }
    return new ExpressionCompiler(module, parsed).compile(parsed.getRootExpr());
  }

  private Expression compile(YangExpr expr) {
    return switch (expr) {
      case YangLiteralExpr literal -> new Expression.Literal(literal.getLiteral(), nameOf(literal));
      case YangNumberExpr number -> new Expression.Number(number.getNumber().doubleValue());
      case YangBooleanConstantExpr constant -> new Expression.Truth(constant.getValue());
      case YangNegateExpr negate -> new Expression.Negation(compile(negate.getSubExpr()));
      case YangNaryExpr nary -> {
        List<Expression> parts = compileAll(nary.getExpressions());
        yield switch (nary.getOperator()) {
          case AND -> new Expression.And(parts);
          case OR -> new Expression.Or(parts);
          case UNION -> new Expression.Union(parts);
        };
      }
      case YangBinaryExpr binary -> binary(binary);
      case YangFunctionCallExpr call -> call(call);
      case YangLocationPath path -> path(path);
      case YangQNameExpr name ->
          new Expression.Path(
              null,
              false,
              List.of(new Step(Axis.CHILD, new Test.Named(named(name)), List.of(), List.of())));
      case YangPathExpr path ->
          new Expression.Path(
              compile(path.getFilterExpr()),
              false,
              path.getLocationPath().map(this::steps).orElse(List.of()));
      case YangFilterExpr filter ->
          filter.getPredicates().isEmpty()
              ? compile(filter.getExpr())
              : new Expression.Filter(
                  compile(filter.getExpr()), compileAll(filter.getPredicates()));
      default ->
          throw new XPathFault("'" + expr + "' has no meaning in YANG's XPath (RFC 7950 §6.4)");
    };
  }

  private List<Expression> compileAll(Collection<YangExpr> exprs) {
    return exprs.stream().map(this::compile).toList();
  }

  // Whether a literal is a name is known only where it is compared with an identity.
  private @Nullable QName nameOf(YangLiteralExpr literal) {
    if (literals == null) {
      return null;
    }
    try {
      QNameReferent name = literals.interpretAsQName(literal);
      return name instanceof ResolvedQNameReferent resolved
          ? resolved.getQName()
          : module == null ? null : QName.create(module, name.getLocalName());
    } catch (XPathExpressionException | IllegalArgumentException | IllegalStateException e) {
      return null;
    }
  }

  private Expression binary(YangBinaryExpr binary) {
    Expression left = compile(binary.getLeftExpr());
    Expression right = compile(binary.getRightExpr());
    return switch (binary.getOperator()) {
      case EQUALS -> new Expression.Comparison(Relation.EQUAL, left, right);
      case NOT_EQUALS -> new Expression.Comparison(Relation.NOT_EQUAL, left, right);
      case LT -> new Expression.Comparison(Relation.LESS, left, right);
      case LTE -> new Expression.Comparison(Relation.LESS_OR_EQUAL, left, right);
      case GT -> new Expression.Comparison(Relation.GREATER, left, right);
      case GTE -> new Expression.Comparison(Relation.GREATER_OR_EQUAL, left, right);
      case PLUS -> new Expression.Arithmetic(Sign.PLUS, left, right);
      case MINUS -> new Expression.Arithmetic(Sign.MINUS, left, right);
      case MUL -> new Expression.Arithmetic(Sign.TIMES, left, right);
      case DIV -> new Expression.Arithmetic(Sign.DIVIDED, left, right);
      case MOD -> new Expression.Arithmetic(Sign.REMAINDER, left, right);
    };
  }

  private Expression call(YangFunctionCallExpr call) {
    YangFunction function = FUNCTIONS.get(call.getName());
    if (function == null || !Functions.isSupported(function)) {
      throw new XPathFault("there is no function '" + call.getName().getLocalName() + "'");
    }
    return new Expression.Call(function, compileAll(call.getArguments()));
  }

  private Expression.Path path(YangLocationPath path) {
    return new Expression.Path(null, path.isAbsolute(), steps(path));
  }

  private List<Step> steps(YangLocationPath path) {
    return path.getSteps().stream().map(this::step).toList();
  }

  private Step step(YangLocationPath.Step step) {
    Axis axis =
        switch (step.getAxis()) {
          case CHILD -> Axis.CHILD;
          case DESCENDANT -> Axis.DESCENDANT;
          case DESCENDANT_OR_SELF -> Axis.DESCENDANT_OR_SELF;
          case PARENT -> Axis.PARENT;
          case ANCESTOR -> Axis.ANCESTOR;
          case ANCESTOR_OR_SELF -> Axis.ANCESTOR_OR_SELF;
          case SELF -> Axis.SELF;
          case FOLLOWING_SIBLING -> Axis.FOLLOWING_SIBLING;
          case PRECEDING_SIBLING -> Axis.PRECEDING_SIBLING;
          case FOLLOWING, PRECEDING, ATTRIBUTE, NAMESPACE ->
              throw new XPathFault("axis '" + step.getAxis() + "' has no meaning in a data tree");
        };
    List<Expression> predicates = compileAll(step.getPredicates());
    return new Step(axis, test(step), predicates, pins(predicates));
  }

  private Test test(YangLocationPath.Step step) {
    return switch (step) {
      case QNameReferent name -> new Test.Named(named(name));
      case YangLocationPath.NamespaceStep named -> new Test.OfModule(named.getNamespace());
      case YangLocationPath.NodeTypeStep typed ->
          switch (typed.getNodeType()) {
            case NODE -> new Test.Any();
            case TEXT, COMMENT, PROCESSING_INSTRUCTION ->
                throw new XPathFault("a data tree has no " + typed.getNodeType() + " nodes");
          };
      // The parser gives '.', '..' and '//' as it gives '*' on other axes.
      default ->
          switch (step.getAxis()) {
            case SELF, PARENT, DESCENDANT_OR_SELF -> new Test.Any();
            default -> new Test.AnyName();
          };
    };
  }

  private QName named(QNameReferent name) {
    if (name instanceof ResolvedQNameReferent resolved) {
      return resolved.getQName();
    }
    if (module == null) {
      throw new XPathFault("'" + name.getLocalName() + "' needs a prefix, declared with xmlns");
    }
    return QName.create(module, name.getLocalName());
  }

  private static List<Pin> pins(List<Expression> predicates) {
    List<Pin> pins = new ArrayList<>();
    for (Expression predicate : predicates) {
      if (isPositional(predicate)) {
        // Positions count what is there before a look-up would narrow it.
        break;
      }
      for (Expression part :
          predicate instanceof Expression.And(var parts) ? parts : List.of(predicate)) {
        if (part instanceof Expression.Comparison(Relation relation, var left, var right)
            && relation == Relation.EQUAL) {
          addPin(pins, left, right);
          addPin(pins, right, left);
        }
      }
    }
    return List.copyOf(pins);
  }

  // Whether a predicate is a number, or may ask for positions.
  private static boolean isPositional(Expression predicate) {
    return switch (predicate) {
      case Expression.Number number -> true;
      case Expression.Arithmetic arithmetic -> true;
      case Expression.Negation negation -> true;
      case Expression.Literal literal -> false;
      case Expression.Truth truth -> false;
      case Expression.And(var parts) -> parts.stream().anyMatch(ExpressionCompiler::asksPosition);
      case Expression.Or(var parts) -> parts.stream().anyMatch(ExpressionCompiler::asksPosition);
      case Expression.Comparison comparison -> asksPosition(comparison);
      case Expression.Union union -> false;
      case Expression.Path path -> false;
      case Expression.Filter filter -> false;
      case Expression.Call call -> true;
    };
  }

  // In a predicate's own parts; paths have positions of their own.
  private static boolean asksPosition(Expression part) {
    return switch (part) {
      case Expression.Call(var function, var arguments) ->
          function == YangFunction.POSITION
              || function == YangFunction.LAST
              || arguments.stream().anyMatch(ExpressionCompiler::asksPosition);
      case Expression.And(var parts) -> parts.stream().anyMatch(ExpressionCompiler::asksPosition);
      case Expression.Or(var parts) -> parts.stream().anyMatch(ExpressionCompiler::asksPosition);
      case Expression.Union(var parts) -> parts.stream().anyMatch(ExpressionCompiler::asksPosition);
      case Expression.Comparison(var relation, var left, var right) ->
          asksPosition(left) || asksPosition(right);
      case Expression.Arithmetic(var sign, var left, var right) ->
          asksPosition(left) || asksPosition(right);
      case Expression.Negation(var operand) -> asksPosition(operand);
      case Expression.Filter(var operand, var predicates) -> asksPosition(operand);
      case Expression.Path(var start, boolean absolute, var steps) ->
          start != null && asksPosition(start);
      case Expression.Literal literal -> false;
      case Expression.Number number -> false;
      case Expression.Truth truth -> false;
    };
  }

  private static void addPin(List<Pin> pins, Expression key, Expression value) {
    if (key instanceof Expression.Path(var start, boolean absolute, List<Step> steps)
        && start == null
        && !absolute
        && steps.size() == 1
        && steps.getFirst().axis() == Axis.CHILD
        && steps.getFirst().predicates().isEmpty()
        && steps.getFirst().test() instanceof Test.Named(QName name)
        && Pins.isFree(value)) {
      pins.add(new Pin(name, value));
    }
  }
}
