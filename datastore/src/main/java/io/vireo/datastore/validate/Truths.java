package io.vireo.datastore.validate;

import io.vireo.datastore.xpath.DataNode;
import io.vireo.datastore.xpath.Evaluator;
import io.vireo.datastore.xpath.Expression;
import io.vireo.schema.node.SchemaNode;
import java.util.HashMap;
import java.util.Map;

/// What expressions came to in one look at a tree. One that is the same for all nodes below an
/// ancestor is evaluated once for them. One thread.
final class Truths {
  private final Evaluator evaluator;
  private final Map<Constraint, Map<DataNode, Boolean>> known = new HashMap<>();

  Truths(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  boolean holds(Constraint.Must must, DataNode context) {
    return holds(must, must.expression(), context);
  }

  boolean holds(Constraint.When when, DataNode context) {
    return holds(when, when.expression(), context);
  }

  private boolean holds(Constraint constraint, Expression expression, DataNode context) {
    SchemaNode apex = constraint.footprint().apex();
    if (apex.equals(context.schema()) || !constraint.footprint().bounded()) {
      return evaluator.evaluate(expression, context).truth();
    }
    DataNode shared = context.ancestor(apex);
    if (shared == null) {
      return evaluator.evaluate(expression, context).truth();
    }
    Map<DataNode, Boolean> values = known.computeIfAbsent(constraint, each -> new HashMap<>());
    Boolean value = values.get(shared);
    if (value == null) {
      value = evaluator.evaluate(expression, context).truth();
      values.put(shared, value);
    }
    return value;
  }
}
