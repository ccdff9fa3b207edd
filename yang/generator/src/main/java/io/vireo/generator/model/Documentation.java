package io.vireo.generator.model;

import org.opendaylight.yangtools.yang.model.api.DocumentedNode;

/// Documentation in Markdown: where a class comes from and what its model says of it.
final class Documentation {
  private Documentation() {}

  static String of(String what, DocumentedNode node) {
    return of(what, node.getDescription().orElse(""));
  }

  static String of(String what, String description) {
    String text = oneSpaced(description);
    return text.isEmpty() ? what : text + "\n\n" + what;
  }

  static String brief(DocumentedNode node) {
    return oneSpaced(node.getDescription().orElse(""));
  }

  private static String oneSpaced(String text) {
    // Javac reads unicode escapes even in comments.
    return text.strip().replaceAll("\\s+", " ").replace("\\u", "\\\\ u").replace("@", "&#64;");
  }
}
