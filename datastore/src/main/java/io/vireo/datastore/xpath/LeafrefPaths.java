package io.vireo.datastore.xpath;

import io.vireo.datastore.xpath.Expression.Axis;
import io.vireo.datastore.xpath.Expression.Relation;
import io.vireo.datastore.xpath.Expression.Step;
import io.vireo.datastore.xpath.Expression.Test;
import java.util.List;
import java.util.Objects;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.model.api.PathExpression;
import org.opendaylight.yangtools.yang.xpath.api.QNameReferent;
import org.opendaylight.yangtools.yang.xpath.api.ResolvedQNameReferent;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangBinaryOperator;
import org.opendaylight.yangtools.yang.xpath.api.YangExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangFunction;
import org.opendaylight.yangtools.yang.xpath.api.YangFunctionCallExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangLocationPath;
import org.opendaylight.yangtools.yang.xpath.api.YangPathExpr;
import org.opendaylight.yangtools.yang.xpath.api.YangQNameExpr;

/// Makes expressions of the paths of leafrefs (RFC 7950 §9.9.2), of which YANG Tools' parser reads
/// all that the grammar has: steps down and up, keys compared with paths, `current()`, `deref()`.
///
/// @param module that of the leaf
record LeafrefPaths(QNameModule module) {
  static Expression of(PathExpression path, QNameModule module) {
    LeafrefPaths paths = new LeafrefPaths(module);
    return switch (path.getSteps()) {
      case PathExpression.LocationPathSteps plain -> paths.path(plain.getLocationPath());
      case PathExpression.DerefSteps deref ->
          new Expression.Path(
              new Expression.Call(
                  YangFunction.DEREF, List.of(paths.path(deref.getDerefArgument()))),
              false,
              paths.steps(deref.getRelativePath()));
      default -> throw new XPathFault("'" + path.getOriginalString() + "' is no path");
    };
  }

  private Expression.Path path(YangLocationPath path) {
    return new Expression.Path(null, path.isAbsolute(), steps(path));
  }

  private List<Step> steps(YangLocationPath path) {
    return path.getSteps().stream().map(this::step).toList();
  }

  private Step step(YangLocationPath.Step step) {
    List<Expression> predicates = step.getPredicates().stream().map(this::expression).toList();
    return switch (step.getAxis()) {
      case CHILD ->
          new Step(
              Axis.CHILD,
              new Test.Named(named((QNameReferent) step)),
              predicates,
              PinFinder.of(predicates));
      case PARENT -> new Step(Axis.PARENT, new Test.Any(), predicates, List.of());
      case SELF -> new Step(Axis.SELF, new Test.Any(), predicates, List.of());
      default -> throw notInGrammar(step);
    };
  }

  private Expression expression(YangExpr expr) {
    return switch (expr) {
      case YangBinaryExpr binary when binary.getOperator() == YangBinaryOperator.EQUALS ->
          new Expression.Comparison(
              Relation.EQUAL, expression(binary.getLeftExpr()), expression(binary.getRightExpr()));
      case YangFunctionCallExpr call
          when call.getName().equals(YangFunction.CURRENT.getIdentifier()) ->
          new Expression.Call(YangFunction.CURRENT, List.of());
      case YangPathExpr path ->
          new Expression.Path(
              expression(path.getFilterExpr()),
              false,
              path.getLocationPath().map(this::steps).orElse(List.of()));
      case YangLocationPath path -> path(path);
      case YangQNameExpr name ->
          new Expression.Path(
              null,
              false,
              List.of(new Step(Axis.CHILD, new Test.Named(named(name)), List.of(), List.of())));
      default -> throw notInGrammar(expr);
    };
  }

  private static XPathFault notInGrammar(Object what) {
    return new XPathFault("'" + what + "' can't stand in a leafref's path (RFC 7950 §9.9.2)");
  }

  private QName named(QNameReferent name) {
    return name instanceof ResolvedQNameReferent resolved
        ? resolved.getQName()
        : QName.create(module, Objects.requireNonNull(name.getLocalName()));
  }
}
