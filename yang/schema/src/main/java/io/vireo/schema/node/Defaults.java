package io.vireo.schema.node;

import io.vireo.schema.type.InvalidValueException;
import io.vireo.schema.type.TextForm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.model.api.IdentitySchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafListSchemaNode;
import org.opendaylight.yangtools.yang.model.api.LeafSchemaNode;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.ModuleImport;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;

/// Default values of leafs and leaf-lists (RFC 7950 §7.6.1, §7.7.2), as values.
final class Defaults {
  private Defaults() {}

  /// The values that hold where nothing is configured; none where there is no default.
  static List<Object> of(SchemaNode node) {
    List<Object> values = new ArrayList<>();
    for (String text : texts(node)) {
      try {
        values.add(node.typedText().read(text, (type, word) -> identity(node, type, word)));
      } catch (InvalidValueException e) {
        throw new IllegalStateException(
            node.schemaPath() + ": the default '" + text + "' is no value of its type", e);
      }
    }
    return List.copyOf(values);
  }

  private static Collection<String> texts(SchemaNode node) {
    return switch (node.schema()) {
      // RFC 7950 §7.6.1: a mandatory leaf has no default, its type's neither.
      case LeafSchemaNode leaf when leaf.isMandatory() || node.isKey() -> List.of();
      case LeafSchemaNode leaf ->
          leaf.getType().getDefaultValue().map(text -> List.of(text.toString())).orElse(List.of());
      case LeafListSchemaNode list ->
          list.getElementCountConstraint()
                  .filter(count -> count.getMinElements() != null && count.getMinElements() > 0)
                  .isPresent()
              ? List.of()
              : list.getDefaults().stream().map(Object::toString).toList();
      default -> List.of();
    };
  }

  private static @Nullable Object identity(SchemaNode node, TypeDefinition<?> type, String text)
      throws InvalidValueException {
    if (!(type instanceof IdentityrefTypeDefinition)) {
      return TextForm.PLAIN.read(type, text);
    }
    int colon = text.indexOf(':');
    String name = text.substring(colon + 1);
    // The prefix is of the module that has the default statement: the leaf's or the type's.
    for (QNameModule defining : List.of(node.name().getModule(), type.getQName().getModule())) {
      Module module = node.tree().context().model().findModule(defining).orElse(null);
      Module named =
          module == null || colon < 0 ? module : prefixed(node, module, text.substring(0, colon));
      if (named != null) {
        for (IdentitySchemaNode identity : named.getIdentities()) {
          QName found = identity.getQName();
          if (found.getLocalName().equals(name)) {
            return found;
          }
        }
      }
    }
    throw new InvalidValueException("names no identity");
  }

  private static @Nullable Module prefixed(SchemaNode node, Module module, String prefix) {
    if (module.getPrefix().equals(prefix)) {
      return module;
    }
    for (ModuleImport imported : module.getImports()) {
      if (imported.getPrefix().equals(prefix)) {
        return node.tree()
            .context()
            .model()
            .findModules(imported.getModuleName().getLocalName())
            .iterator()
            .next();
      }
    }
    return null;
  }
}
