package io.vireo.datastore.xpath;

import io.vireo.schema.node.SchemaTree;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.type.EnumTypeDefinition;
import org.opendaylight.yangtools.yang.xpath.api.YangFunction;

/// The core library (XPath 1.0 §4) and YANG's functions (RFC 7950 §10).
///
/// @param scope where the call stands
record Functions(Evaluator evaluator, LeafReferences references, Scope scope) {
  // Data trees have neither ids nor languages.
  private static final Set<YangFunction> UNSUPPORTED =
      EnumSet.of(YangFunction.ID, YangFunction.LANG);

  static boolean isSupported(YangFunction function) {
    return !UNSUPPORTED.contains(function);
  }

  Value call(YangFunction function, List<Expression> arguments) {
    requireCount(function, arguments.size());
    return switch (function) {
      case TRUE -> Value.TRUE;
      case FALSE -> Value.FALSE;
      case NOT -> Value.of(!value(arguments, 0).truth());
      case BOOLEAN -> Value.of(value(arguments, 0).truth());
      case POSITION -> new Value.Numeral(scope.position());
      case LAST -> new Value.Numeral(scope.size());
      case COUNT -> new Value.Numeral(nodes(arguments).size());
      case SUM ->
          new Value.Numeral(
              nodes(arguments).stream().mapToDouble(n -> Numbers.parse(NodeText.of(n))).sum());
      case NUMBER -> new Value.Numeral(valueOrSelf(arguments).number());
      case FLOOR -> new Value.Numeral(Math.floor(value(arguments, 0).number()));
      case CEILING -> new Value.Numeral(Math.ceil(value(arguments, 0).number()));
      case ROUND -> new Value.Numeral(round(value(arguments, 0).number()));
      case STRING -> new Value.Text(valueOrSelf(arguments).text());
      case STRING_LENGTH -> {
        String text = valueOrSelf(arguments).text();
        yield new Value.Numeral(text.codePointCount(0, text.length()));
      }
      case NORMALIZE_SPACE ->
          new Value.Text(valueOrSelf(arguments).text().strip().replaceAll("[ \t\r\n]+", " "));
      case CONCAT -> {
        StringBuilder all = new StringBuilder();
        arguments.forEach(each -> all.append(evaluator.evaluate(each, scope).text()));
        yield new Value.Text(all.toString());
      }
      case CONTAINS -> Value.of(text(arguments, 0).contains(text(arguments, 1)));
      case STARTS_WITH -> Value.of(text(arguments, 0).startsWith(text(arguments, 1)));
      case SUBSTRING_BEFORE -> {
        int at = text(arguments, 0).indexOf(text(arguments, 1));
        yield new Value.Text(at < 0 ? "" : text(arguments, 0).substring(0, at));
      }
      case SUBSTRING_AFTER -> {
        String sought = text(arguments, 1);
        int at = text(arguments, 0).indexOf(sought);
        yield new Value.Text(at < 0 ? "" : text(arguments, 0).substring(at + sought.length()));
      }
      case SUBSTRING -> new Value.Text(substring(arguments));
      case TRANSLATE ->
          new Value.Text(translate(text(arguments, 0), text(arguments, 1), text(arguments, 2)));
      case LOCAL_NAME -> new Value.Text(named(arguments, DataNodeName.LOCAL));
      case NAME -> new Value.Text(named(arguments, DataNodeName.QUALIFIED));
      case NAMESPACE_URI -> new Value.Text(named(arguments, DataNodeName.NAMESPACE));
      case CURRENT -> new Value.Nodes(List.of(scope.current()));
      case DEREF -> {
        List<DataNode> from = nodes(arguments);
        yield from.isEmpty()
            ? Value.Nodes.NONE
            : new Value.Nodes(references.deref(evaluator, from.getFirst()));
      }
      case DERIVED_FROM -> Value.of(derives(arguments, tree()::isDerived));
      case DERIVED_FROM_OR_SELF ->
          Value.of(
              derives(
                  arguments,
                  (identity, base) -> identity.equals(base) || tree().isDerived(identity, base)));
      case ENUM_VALUE -> new Value.Numeral(enumValue(nodes(arguments)));
      case BIT_IS_SET -> {
        List<DataNode> from = nodes(arguments);
        yield Value.of(
            !from.isEmpty()
                && from.getFirst().isLeaf()
                && from.getFirst().value() instanceof Collection<?> bits
                && bits.contains(text(arguments, 1)));
      }
      case RE_MATCH ->
          Value.of(XsdPattern.compile(text(arguments, 1)).matcher(text(arguments, 0)).matches());
      case ID, LANG -> throw new XPathFault("a data tree has no ids and no languages");
    };
  }

  private enum DataNodeName {
    LOCAL,
    QUALIFIED,
    NAMESPACE
  }

  private static void requireCount(YangFunction function, int count) {
    int least =
        switch (function) {
          case TRUE, FALSE, POSITION, LAST, CURRENT -> 0;
          case STRING, NUMBER, STRING_LENGTH, NORMALIZE_SPACE, LOCAL_NAME, NAME, NAMESPACE_URI -> 0;
          case CONCAT, CONTAINS, STARTS_WITH, SUBSTRING, SUBSTRING_AFTER, SUBSTRING_BEFORE -> 2;
          case DERIVED_FROM, DERIVED_FROM_OR_SELF, BIT_IS_SET, RE_MATCH -> 2;
          case TRANSLATE -> 3;
          default -> 1;
        };
    int most =
        switch (function) {
          case STRING, NUMBER, STRING_LENGTH, NORMALIZE_SPACE, LOCAL_NAME, NAME, NAMESPACE_URI -> 1;
          case SUBSTRING -> 3;
          case CONCAT -> Integer.MAX_VALUE;
          default -> least;
        };
    if (count < least || count > most) {
      throw new XPathFault(
          "function '"
              + function.getIdentifier().getLocalName()
              + "' has "
              + count
              + " arguments; it takes "
              + (least == most ? String.valueOf(least) : least + " or more"));
    }
  }

  private Value value(List<Expression> arguments, int index) {
    return evaluator.evaluate(arguments.get(index), scope);
  }

  private String text(List<Expression> arguments, int index) {
    return value(arguments, index).text();
  }

  private Value valueOrSelf(List<Expression> arguments) {
    return arguments.isEmpty() ? new Value.Nodes(List.of(scope.node())) : value(arguments, 0);
  }

  private List<DataNode> nodes(List<Expression> arguments) {
    return Evaluator.nodes(value(arguments, 0));
  }

  // XPath 1.0 §4.4: half up, and minus zero is not our concern.
  private static double round(double number) {
    return Double.isNaN(number) || Double.isInfinite(number) ? number : Math.floor(number + 0.5);
  }

  // XPath 1.0 §4.2: characters whose position is at least the first and before the end.
  private String substring(List<Expression> arguments) {
    int[] points = text(arguments, 0).codePoints().toArray();
    double first = round(value(arguments, 1).number());
    double end =
        arguments.size() < 3
            ? Double.POSITIVE_INFINITY
            : first + round(value(arguments, 2).number());
    StringBuilder kept = new StringBuilder();
    for (int i = 0; i < points.length; i++) {
      if (i + 1 >= first && i + 1 < end) {
        kept.appendCodePoint(points[i]);
      }
    }
    return kept.toString();
  }

  private static String translate(String text, String from, String to) {
    int[] sought = from.codePoints().toArray();
    int[] given = to.codePoints().toArray();
    StringBuilder translated = new StringBuilder();
    text.codePoints()
        .forEach(point -> {
          int at = 0;
          while (at < sought.length && sought[at] != point) {
            at++;
          }
          if (at == sought.length) {
            translated.appendCodePoint(point);
          } else if (at < given.length) {
            translated.appendCodePoint(given[at]);
          }
        });
    return translated.toString();
  }

  private String named(List<Expression> arguments, DataNodeName what) {
    List<DataNode> nodes = arguments.isEmpty() ? List.of(scope.node()) : nodes(arguments);
    if (nodes.isEmpty() || nodes.getFirst().parent() == null) {
      return "";
    }
    QName name = nodes.getFirst().qualifiedName();
    return switch (what) {
      case LOCAL -> name.getLocalName();
      case QUALIFIED -> NodeText.qualified(nodes.getFirst().schema().tree(), name);
      case NAMESPACE -> name.getNamespace().toString();
    };
  }

  // RFC 7950 §10.4.
  private boolean derives(List<Expression> arguments, BiPredicate<QName, QName> test) {
    QName base = identity(arguments.get(1));
    return base != null
        && nodes(arguments).stream()
            .anyMatch(node ->
                node.isLeaf()
                    && node.value() instanceof QName identity
                    && test.test(identity, base));
  }

  private SchemaTree tree() {
    return scope.node().tree().schema();
  }

  // A name that is put together only here has a module's own prefix.
  private @Nullable QName identity(Expression argument) {
    if (argument instanceof Expression.Literal(var text, var name)) {
      return name;
    }
    SchemaTree tree = tree();
    String text = evaluator.evaluate(argument, scope).text();
    return tree.identities().stream()
        .filter(identity -> NodeText.qualified(tree, identity).equals(text))
        .findFirst()
        .orElse(null);
  }

  // RFC 7950 §10.5.1.
  private static double enumValue(List<DataNode> nodes) {
    if (!nodes.isEmpty()
        && nodes.getFirst().isLeaf()
        && nodes.getFirst().schema().type() instanceof EnumTypeDefinition type) {
      Object value = nodes.getFirst().value();
      for (EnumTypeDefinition.EnumPair pair : type.getValues()) {
        if (pair.getName().equals(value)) {
          return pair.getValue();
        }
      }
    }
    return Double.NaN;
  }
}
