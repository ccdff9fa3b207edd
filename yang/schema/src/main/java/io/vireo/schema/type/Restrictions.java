package io.vireo.schema.type;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LengthRestrictedTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.RangeRestrictedTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition;

/// The restrictions of a type and of all types that it is derived from: RFC 7950 §7.3, a derived
/// type's restrictions add to its base's.
public final class Restrictions {
  private final List<Restriction> baseFirst;

  private Restrictions(List<Restriction> baseFirst) {
    this.baseFirst = List.copyOf(baseFirst);
  }

  /// Those of a type and of its bases; a union's members have their own.
  public static Restrictions of(TypeDefinition<?> type) {
    // A typedef without restrictions of its own gives those of its base: each counts once.
    Set<Restriction> found = new LinkedHashSet<>();
    for (TypeDefinition<?> step : chain(type)) {
      if (step instanceof LengthRestrictedTypeDefinition<?> sized) {
        sized.getLengthConstraint().map(Restriction.Sized::of).ifPresent(found::add);
      }
      if (step instanceof RangeRestrictedTypeDefinition<?, ?> number) {
        number.getRangeConstraint().map(Restriction.Within::of).ifPresent(found::add);
      }
      if (step instanceof StringTypeDefinition string) {
        string.getPatternConstraints().stream().map(Restriction.Matching::of).forEach(found::add);
      }
    }
    return new Restrictions(List.copyOf(found));
  }

  /// A type and its bases, the built-in one first.
  static List<TypeDefinition<?>> chain(TypeDefinition<?> type) {
    List<TypeDefinition<?>> chain = new ArrayList<>();
    for (TypeDefinition<?> step = type; step != null; step = step.getBaseType()) {
      chain.addFirst(step);
    }
    return chain;
  }

  /// Whether a value, as YANG Tools holds it, keeps to all of them.
  public boolean allow(Object value) {
    for (Restriction restriction : baseFirst) {
      if (!restriction.allows(value)) {
        return false;
      }
    }
    return true;
  }

  /// Refuses a value that breaks one of them.
  public void check(Object value) throws InvalidValueException {
    for (Restriction restriction : baseFirst) {
      if (!restriction.allows(value)) {
        throw new InvalidValueException(restriction.wanted(), restriction.statement());
      }
    }
  }
}
