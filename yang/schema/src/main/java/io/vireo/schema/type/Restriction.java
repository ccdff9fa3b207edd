package io.vireo.schema.type;

import com.google.common.collect.RangeSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.opendaylight.yangtools.yang.model.api.ConstraintMetaDefinition;
import org.opendaylight.yangtools.yang.model.api.type.LengthConstraint;
import org.opendaylight.yangtools.yang.model.api.type.ModifierKind;
import org.opendaylight.yangtools.yang.model.api.type.PatternConstraint;
import org.opendaylight.yangtools.yang.model.api.type.RangeConstraint;

/// One `pattern`, `length` or `range` statement.
sealed interface Restriction {
  /// Whether a value, as YANG Tools holds it, keeps to it.
  boolean allows(Object value);

  /// What is wanted, as the end of a sentence.
  String wanted();

  ConstraintMetaDefinition statement();

  /// RFC 7950 §9.4.5; with `modifier invert-match`, §9.4.6.
  record Matching(Pattern pattern, boolean inverted, PatternConstraint statement)
      implements Restriction {
    /// Each expression once, however many leaves have it.
    private static final Map<String, Pattern> COMPILED = new ConcurrentHashMap<>();

    static Matching of(PatternConstraint statement) {
      try {
        return new Matching(
            COMPILED.computeIfAbsent(statement.getJavaPatternString(), Pattern::compile),
            statement.getModifier().filter(m -> m == ModifierKind.INVERT_MATCH).isPresent(),
            statement);
      } catch (PatternSyntaxException e) {
        throw new IllegalStateException(
            "Pattern '"
                + statement.getRegularExpressionString()
                + "' cannot be checked by this server: change it in the module",
            e);
      }
    }

    @Override
    public boolean allows(Object value) {
      return pattern.matcher((String) value).matches() != inverted;
    }

    @Override
    public String wanted() {
      return (inverted ? "must not match " : "must match ")
          + statement.getRegularExpressionString();
    }
  }

  /// RFC 7950 §9.4.4 and §9.8.3: characters of a string, octets of a binary.
  record Sized(RangeSet<Integer> allowed, LengthConstraint statement) implements Restriction {
    static Sized of(LengthConstraint statement) {
      return new Sized(statement.getAllowedRanges(), statement);
    }

    @Override
    public boolean allows(Object value) {
      return allowed.contains(
          switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case byte[] octets -> octets.length;
            default -> throw new IllegalArgumentException(value + " has no length");
          });
    }

    @Override
    public String wanted() {
      return "must be " + TypeWords.ranges(allowed) + " long";
    }
  }

  /// RFC 7950 §9.2.4 and §9.3.4.
  record Within(RangeSet<?> allowed, RangeConstraint<?> statement) implements Restriction {
    static Within of(RangeConstraint<?> statement) {
      return new Within(statement.getAllowedRanges(), statement);
    }

    /// The statement's numbers are of the type's own class, as the value is.
    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public boolean allows(Object value) {
      return ((RangeSet) allowed).contains((Comparable) value);
    }

    @Override
    public String wanted() {
      return "must be in " + TypeWords.ranges(allowed);
    }
  }
}
