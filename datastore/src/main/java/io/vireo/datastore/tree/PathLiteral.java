package io.vireo.datastore.tree;

import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.type.CanonicalText;
import io.vireo.schema.type.InvalidValueException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;

/// The values that a path's predicates name. They are read as values of their leafs, so that all
/// ways of writing a value name the same entry (RFC 7950 §9.1: `0x7` is the number 7).
final class PathLiteral {
  private PathLiteral() {}

  /// The canonical text of the value that a literal stands for.
  ///
  /// @param leaf a key, or a leaf-list
  /// @throws InvalidValueException no entry can have it
  static String read(SchemaNode leaf, String literal) throws InvalidValueException {
    return text(leaf, leaf.typedText().read(literal, (type, word) -> ownForm(leaf, type, word)));
  }

  /// The canonical text of a value of a tree's leaf.
  static String text(SchemaNode leaf, Object value) {
    SchemaTree tree = leaf.tree();
    return CanonicalText.of(
        value,
        name -> tree.moduleName(name.getModule()) + ":" + name.getLocalName(),
        Object::toString);
  }

  /// Whether a path may write this prefix for a module: its name, or its own prefix.
  static boolean isPrefix(String prefix, SchemaTree tree, QNameModule module) {
    return tree.moduleName(module).equals(prefix)
        || tree.context()
            .model()
            .findModule(module)
            .map(found -> found.getPrefix().equals(prefix))
            .orElse(false);
  }

  private static @Nullable Object ownForm(SchemaNode leaf, TypeDefinition<?> type, String word)
      throws InvalidValueException {
    return type instanceof IdentityrefTypeDefinition reference
        ? identity(leaf, reference, word)
        : null;
  }

  // RFC 7951 §6.8: an identity without prefix is of the leaf's own module. A prefix that the rule's
  // document declared is not known here any more: it must be the module's own.
  private static QName identity(SchemaNode leaf, IdentityrefTypeDefinition type, String word)
      throws InvalidValueException {
    int colon = word.indexOf(':');
    String name = word.substring(colon + 1);
    SchemaTree tree = leaf.tree();
    List<QName> found =
        tree.identities().stream()
            .filter(identity -> identity.getLocalName().equals(name))
            .filter(identity ->
                colon < 0
                    ? identity.getModule().equals(leaf.name().getModule())
                    : isPrefix(word.substring(0, colon), tree, identity.getModule()))
            .filter(identity ->
                type.getIdentities().stream()
                    .allMatch(base -> tree.isDerived(identity, base.getQName())))
            .toList();
    if (found.size() != 1) {
      throw new InvalidValueException(
          found.isEmpty()
              ? "names no identity of its type; put its module's name before it"
              : "names several identities; put the module's name before it");
    }
    return found.getFirst();
  }
}
