package io.vireo.datastore.xpath;

import io.vireo.datastore.xpath.ExpressionTokens.Kind;
import io.vireo.datastore.xpath.ExpressionTokens.Token;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.xml.xpath.XPathExpressionException;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.xpath.api.ResolvedQNameReferent;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangFilterExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangFunctionCallExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLiteralExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath;
import org.opendaylight.yangtools.yang.xpath.api.YangNaryExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangNegateExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangPathExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangXPathExpression;

/// What the prefixes in a statement's expression mean. YANG Tools keeps that only for expressions
/// with literals; of others it keeps the names that it has bound: a prefix means the module that
/// has all the names which stand behind it.
final class StatementPrefixes {
  private static final String ANY = "*";

  private final YangXPathExpression statement;
  private final Map<String, Set<QNameModule>> byName = new HashMap<>();
  private final Map<String, Set<QNameModule>> byPrefix = new HashMap<>();

  StatementPrefixes(YangXPathExpression statement) {
    this.statement = statement;
  }

  /// Null: nothing.
  @Nullable QNameModule find(String prefix) {
    try {
      return statement.interpretAsQName(YangLiteralExpr.of(prefix + ":x"))
              instanceof ResolvedQNameReferent resolved
          ? resolved.getQName().getModule()
          : null;
    } catch (XPathExpressionException | IllegalArgumentException | IllegalStateException e) {
      return bound(prefix);
    }
  }

  private @Nullable QNameModule bound(String prefix) {
    if (byPrefix.isEmpty()) {
      collect(statement.getRootExpr());
      for (Token token : ExpressionTokens.of(statement.toString())) {
        int colon = token.kind() == Kind.NAME ? token.text().indexOf(':') : -1;
        if (colon > 0) {
          Set<QNameModule> modules =
              byName.getOrDefault(token.text().substring(colon + 1), Set.of());
          byPrefix.merge(
              token.text().substring(0, colon),
              modules,
              (one, other) -> {
                Set<QNameModule> both = new HashSet<>(one);
                both.retainAll(other);
                return both;
              });
        }
      }
    }
    Set<QNameModule> found = byPrefix.getOrDefault(prefix, Set.of());
    if (found.size() > 1) {
      throw new XPathFault("'" + statement + "': prefix '" + prefix + "' may mean any of " + found);
    }
    return found.isEmpty() ? null : found.iterator().next();
  }

  private void collect(YangExpr expr) {
    switch (expr) {
      case YangNaryExpr nary -> nary.getExpressions().forEach(this::collect);
      case YangBinaryExpr binary -> {
        collect(binary.getLeftExpr());
        collect(binary.getRightExpr());
      }
      case YangNegateExpr negate -> collect(negate.getSubExpr());
      case YangFunctionCallExpr call -> call.getArguments().forEach(this::collect);
      case YangPathExpr path -> {
        collect(path.getFilterExpr());
        path.getLocationPath().ifPresent(this::collect);
      }
      case YangFilterExpr filter -> {
        collect(filter.getExpr());
        filter.getPredicates().forEach(this::collect);
      }
      case YangLocationPath path -> {
        for (YangLocationPath.Step step : path.getSteps()) {
          if (step instanceof ResolvedQNameReferent name) {
            add(name.getQName());
          } else if (step instanceof YangLocationPath.NamespaceStep all) {
            byName.computeIfAbsent(ANY, each -> new HashSet<>()).add(all.getNamespace());
          }
          step.getPredicates().forEach(this::collect);
        }
      }
      case ResolvedQNameReferent name -> add(name.getQName());
      default -> {}
    }
  }

  private void add(QName name) {
    byName.computeIfAbsent(name.getLocalName(), each -> new HashSet<>()).add(name.getModule());
  }
}
