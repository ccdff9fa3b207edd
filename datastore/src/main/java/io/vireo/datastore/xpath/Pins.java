package io.vireo.datastore.xpath;

import io.vireo.datastore.xpath.Expression.Pin;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.type.InvalidValueException;
import io.vireo.schema.type.TextForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.InstanceIdentifierTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// Entries that predicates name by all their keys: found at once instead of by trying each.
final class Pins {
  // More names than these for one entry: trying each entry is as good.
  private static final int NAMES = 1_000;

  private Pins() {}

  /// The names of the entries that may fit, to be held against the predicates still; null: unknown,
  /// each entry must be tried.
  static @Nullable List<NodeIdentifierWithPredicates> names(
      SchemaNode list, List<Pin> pins, Evaluator evaluator, Scope scope) {
    List<QName> keys = list.keys();
    if (pins.isEmpty() || keys.isEmpty()) {
      return null;
    }
    List<Map<QName, Object>> names = new ArrayList<>();
    names.add(new LinkedHashMap<>());
    for (QName key : keys) {
      Pin pin = pinOf(key, pins);
      List<Object> values =
          pin == null
              ? null
              : values(list.require(key), pin, evaluator.evaluate(pin.value(), scope));
      if (values == null || names.size() * values.size() > NAMES) {
        return null;
      }
      List<Map<QName, Object>> longer = new ArrayList<>();
      for (Map<QName, Object> name : names) {
        for (Object value : values) {
          Map<QName, Object> next = new LinkedHashMap<>(name);
          next.put(key, value);
          longer.add(next);
        }
      }
      names = longer;
    }
    return names.stream()
        .map(name -> NodeIdentifierWithPredicates.of(list.name(), name))
        .distinct()
        .toList();
  }

  private static @Nullable Pin pinOf(QName key, List<Pin> pins) {
    for (Pin pin : pins) {
      if (pin.key().getLocalName().equals(key.getLocalName())
          && pin.key().getNamespace().equals(key.getNamespace())) {
        return pin;
      }
    }
    return null;
  }

  // The values of the key's type that compare equal; null: not known without trying.
  private static @Nullable List<Object> values(SchemaNode key, Pin pin, Value value) {
    List<Object> values = new ArrayList<>();
    if (key.type() instanceof IdentityrefTypeDefinition) {
      if (pin.value() instanceof Expression.Literal(var text, var name) && name != null) {
        return List.of(name);
      }
      if (value instanceof Value.Nodes(var nodes)
          && nodes.stream().allMatch(node -> node.isLeaf() && node.value() instanceof QName)) {
        nodes.forEach(node -> values.add(node.value()));
        return values;
      }
      return null;
    }
    if (key.type() instanceof UnionTypeDefinition
        || key.type() instanceof InstanceIdentifierTypeDefinition) {
      return null;
    }
    switch (value) {
      case Value.Nodes(var nodes) -> {
        for (DataNode node : nodes) {
          addValue(values, key, NodeText.of(node));
        }
      }
      case Value.Text(String text) -> addValue(values, key, text);
      default -> {
        return null;
      }
    }
    return values;
  }

  private static void addValue(List<Object> values, SchemaNode key, String text) {
    try {
      values.add(key.typedText().read(text, TextForm.PLAIN));
    } catch (InvalidValueException e) {
      // No key has that text.
    }
  }
}
