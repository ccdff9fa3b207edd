package io.vireo.generator.model;

import com.google.common.collect.RangeSet;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BinaryTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BitsTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.DecimalTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EnumTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LengthRestrictedTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.PatternConstraint;
import org.opendaylight.yangtools.yang.model.api.type.RangeRestrictedTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.UnionTypeDefinition;

/// Which typedef, if any, gives a type its Java class, and which restrictions apply in the end.
final class Typedefs {
  private final Map<QName, TypeDefinition<?>> topLevel = new HashMap<>();

  Typedefs(EffectiveModelContext model) {
    model
        .getModules()
        .forEach(module ->
            module.getTypeDefinitions().forEach(type -> topLevel.put(type.getQName(), type)));
  }

  /// The typedef that stands for `type` in Java: the outermost of those that mean just the same, or
  /// null when the type adds nothing to a built-in one or has no name.
  @Nullable TypeDefinition<?> classOf(TypeDefinition<?> type) {
    TypeDefinition<?> found = null;
    for (TypeDefinition<?> t = type; t != null; t = t.getBaseType()) {
      // A leaf's own type may carry the leaf's name: only the very typedef counts.
      if (!t.equals(topLevel.get(t.getQName()))) {
        continue;
      }
      if (found == null) {
        if (!needsClass(t)) {
          return null;
        }
        found = t;
      } else if (shape(t).equals(shape(found))) {
        found = t;
      }
    }
    return found;
  }

  private static boolean needsClass(TypeDefinition<?> type) {
    return switch (type) {
      case EnumTypeDefinition _, BitsTypeDefinition _, UnionTypeDefinition _ -> true;
      case StringTypeDefinition _ -> lengths(type) != null || !patterns(type).isEmpty();
      case BinaryTypeDefinition _ -> lengths(type) != null;
      case RangeRestrictedTypeDefinition<?, ?> _ -> ranges(type) != null;
      default -> false;
    };
  }

  /// What distinguishes a type from others of its built-in type.
  static List<Object> shape(TypeDefinition<?> type) {
    List<Object> shape = new ArrayList<>();
    switch (type) {
      case EnumTypeDefinition t -> t.getValues().forEach(v -> shape.add(v.getName()));
      case BitsTypeDefinition t -> t.getBits().forEach(b -> shape.add(b.getName()));
      case UnionTypeDefinition t -> shape.addAll(t.getTypes());
      default -> {
        shape.add(Optional.ofNullable(lengths(type)));
        shape.add(Optional.ofNullable(ranges(type)));
        patterns(type).keySet().forEach(shape::add);
      }
    }
    return shape;
  }

  /// The length restriction, null when there is none.
  static @Nullable Bounds lengths(TypeDefinition<?> type) {
    if (type instanceof LengthRestrictedTypeDefinition<?> restricted) {
      return restricted
          .getLengthConstraint()
          .map(c -> Bounds.of(c.getAllowedRanges()))
          .filter(bounds -> !bounds.isAnyLength())
          .orElse(null);
    }
    return null;
  }

  /// The range restriction, null when it is no narrower than the built-in type.
  static @Nullable Bounds ranges(TypeDefinition<?> type) {
    if (!(type instanceof RangeRestrictedTypeDefinition<?, ?> restricted)) {
      return null;
    }
    RangeSet<?> ranges =
        restricted.getRangeConstraint().<RangeSet<?>>map(c -> c.getAllowedRanges()).orElse(null);
    if (ranges == null) {
      return null;
    }
    Bounds bounds = Bounds.of(ranges);
    if (type instanceof DecimalTypeDefinition decimal) {
      BigInteger widest = BigInteger.valueOf(Long.MAX_VALUE);
      boolean whole =
          bounds.isOnePart()
              && bounds
                  .greatest()
                  .movePointRight(decimal.getFractionDigits())
                  .toBigInteger()
                  .equals(widest);
      return whole ? null : bounds;
    }
    return bounds.equals(BuiltInRange.of(type).bounds()) ? null : bounds;
  }

  /// All patterns that apply, those of base types among them, by their Java notation.
  static Map<String, PatternConstraint> patterns(TypeDefinition<?> type) {
    Map<String, PatternConstraint> patterns = new LinkedHashMap<>();
    for (TypeDefinition<?> t = type; t != null; t = t.getBaseType()) {
      if (t instanceof StringTypeDefinition string) {
        string.getPatternConstraints().forEach(p -> patterns.put(p.getJavaPatternString(), p));
      }
    }
    return patterns;
  }
}
