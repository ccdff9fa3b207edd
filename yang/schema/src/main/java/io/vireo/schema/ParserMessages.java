package io.vireo.schema;

import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.model.api.meta.DeclarationInText;
import org.opendaylight.yangtools.yang.model.api.meta.DeclarationReference;
import org.opendaylight.yangtools.yang.model.api.meta.StatementSourceException;
import org.opendaylight.yangtools.yang.parser.api.YangSyntaxErrorException;
import org.opendaylight.yangtools.yang.parser.spi.meta.ReactorException;

/// Finds, in the parser's tree of causes, the one a person can act on.
final class ParserMessages {
  private ParserMessages() {}

  /// The text of a syntax error without the position, which is told apart.
  static String syntax(YangSyntaxErrorException failure) {
    String message = failure.getMessage();
    return "syntax error: " + (message == null ? failure.toString() : message);
  }

  /// The exception to show for a failure met while `fallbackModule` was read.
  static SchemaLoadException loadException(String fallbackModule, Throwable failure) {
    StatementSourceException blamed = null;
    String module = fallbackModule;
    Throwable deepest = failure;
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Throwable> open = new ArrayDeque<>();
    open.add(failure);
    while (!open.isEmpty()) {
      Throwable next = open.removeFirst();
      if (!seen.add(next)) {
        continue;
      }
      deepest = next;
      if (next instanceof ReactorException reactor && reactor.getSourceIdentifier() != null) {
        module = reactor.getSourceIdentifier().name().getLocalName();
      }
      if (blamed == null && next instanceof StatementSourceException source) {
        blamed = source;
      }
      if (next.getCause() != null) {
        open.add(next.getCause());
      }
      open.addAll(java.util.List.of(next.getSuppressed()));
    }
    int line = blamed == null ? 0 : lineOf(blamed);
    Throwable shown = blamed == null ? deepest : blamed;
    String message = shown.getMessage();
    return new SchemaLoadException(
        module, line, message == null ? shown.toString() : message, failure);
  }

  private static int lineOf(StatementSourceException failure) {
    @Nullable DeclarationReference reference = failure.sourceRef().declarationReference();
    return reference instanceof DeclarationInText text ? text.startLine() : 0;
  }
}
