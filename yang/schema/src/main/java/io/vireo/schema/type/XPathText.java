package io.vireo.schema.type;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;

/// Expressions as leaf values: `xpath1.0` of RFC 6991 §3 and what is derived from it, such as the
/// paths of access rules (RFC 8341). A prefix means nothing without the document that declared it:
/// values are kept with module names for prefixes, as RFC 7951 §6.11 writes instance-identifiers.
public final class XPathText {
  private static final String TYPES = "urn:ietf:params:xml:ns:yang:ietf-yang-types";
  // A literal, which is left alone, or a prefix; not an axis, whose colon is double.
  private static final Pattern TOKEN =
      Pattern.compile("'[^']*'|\"[^\"]*\"|([A-Za-z_][\\w.-]*):(?!:)(?=[A-Za-z_*])");

  private XPathText() {}

  /// Whether a type's values are expressions.
  public static boolean isXPath(TypeDefinition<?> type) {
    for (TypeDefinition<?> at = type; at != null; at = at.getBaseType()) {
      if (at.getQName().getLocalName().equals("xpath1.0")
          && at.getQName().getNamespace().toString().equals(TYPES)) {
        return true;
      }
    }
    return false;
  }

  /// What a prefix becomes.
  @FunctionalInterface
  public interface Renaming {
    String of(String prefix) throws InvalidValueException;
  }

  /// An expression with other prefixes.
  public static String rename(String expression, Renaming renaming) throws InvalidValueException {
    StringBuilder renamed = new StringBuilder();
    Matcher tokens = TOKEN.matcher(expression);
    int end = 0;
    while (tokens.find()) {
      if (tokens.group(1) != null) {
        renamed.append(expression, end, tokens.start());
        renamed.append(renaming.of(tokens.group(1))).append(':');
        end = tokens.end();
      }
    }
    return renamed.append(expression.substring(end)).toString();
  }

  /// The prefixes of an expression.
  public static Set<String> prefixes(String expression) {
    Set<String> found = new LinkedHashSet<>();
    Matcher tokens = TOKEN.matcher(expression);
    while (tokens.find()) {
      if (tokens.group(1) != null) {
        found.add(tokens.group(1));
      }
    }
    return found;
  }
}
