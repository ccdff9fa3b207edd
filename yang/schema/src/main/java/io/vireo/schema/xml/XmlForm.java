package io.vireo.schema.xml;

import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.type.InvalidValueException;
import io.vireo.schema.type.TextForm;
import io.vireo.schema.type.XPathText;
import java.util.ArrayList;
import java.util.List;
import javax.xml.namespace.NamespaceContext;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.IdentitySchemaNode;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.InstanceIdentifierTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.StringTypeDefinition;

/// What XML writes with namespaces: identities (RFC 7950 §9.10.3), paths (§9.13.2), expressions
/// (RFC 6991 §3).
///
/// @param leaf the leaf or leaf-list whose text is read
/// @param namespaces those in effect at its element
/// @param mounted whose names expressions may have besides; null: nothing is mounted
record XmlForm(SchemaNode leaf, NamespaceContext namespaces, @Nullable SchemaTree mounted)
    implements TextForm {
  @Override
  public @Nullable Object read(TypeDefinition<?> type, String text) throws InvalidValueException {
    return switch (type) {
      case IdentityrefTypeDefinition identityref -> identity(identityref, text.strip());
      case InstanceIdentifierTypeDefinition instance -> path(text.strip());
      case StringTypeDefinition string when XPathText.isXPath(string) ->
          XPathText.rename(text.strip(), this::moduleName);
      default -> null;
    };
  }

  private String moduleName(String prefix) throws InvalidValueException {
    String namespace = namespaces.getNamespaceURI(prefix);
    List<SchemaTree> trees = mounted == null ? List.of(leaf.tree()) : List.of(leaf.tree(), mounted);
    for (SchemaTree tree : trees) {
      String name =
          namespace == null || namespace.isEmpty()
              ? tree.isModule(prefix) ? prefix : null
              : tree.lookupModuleName(namespace);
      if (name != null) {
        return name;
      }
    }
    throw new InvalidValueException(
        namespace == null || namespace.isEmpty()
            ? "prefix '" + prefix + "' is not declared: give it an xmlns"
            : "no module has the namespace '" + namespace + "' of prefix '" + prefix + "'");
  }

  private Object path(String text) throws InvalidValueException {
    try {
      return leaf.tree().xmlPathCodec().parseValue(namespaces, text);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new InvalidValueException(String.valueOf(e.getMessage()), e);
    }
  }

  private QName identity(IdentityrefTypeDefinition type, String text) throws InvalidValueException {
    int colon = text.indexOf(':');
    String prefix = colon < 0 ? "" : text.substring(0, colon);
    String name = text.substring(colon + 1);
    for (QNameModule module : modules(prefix)) {
      for (IdentitySchemaNode identity : identitiesOf(module)) {
        if (identity.getQName().getLocalName().equals(name) && isDerived(identity, type)) {
          return identity.getQName();
        }
      }
    }
    throw new InvalidValueException("no such identity is derived from the type's bases");
  }

  /// The modules that a prefix may mean. Without one it is the default namespace; where that has no
  /// such identity, the leaf's own module is meant.
  private List<QNameModule> modules(String prefix) {
    String namespace = namespaces.getNamespaceURI(prefix);
    List<QNameModule> found = new ArrayList<>();
    if (namespace != null) {
      for (Module module : model().getModules()) {
        if (module.getNamespace().toString().equals(namespace)) {
          found.add(module.getQNameModule());
        }
      }
    }
    if (prefix.isEmpty()) {
      found.add(leaf.name().getModule());
    }
    return found;
  }

  private EffectiveModelContext model() {
    return leaf.tree().context().model();
  }

  private List<IdentitySchemaNode> identitiesOf(QNameModule module) {
    return model()
        .findModule(module)
        .map(found -> List.<IdentitySchemaNode>copyOf(found.getIdentities()))
        .orElse(List.of());
  }

  /// RFC 7950 §9.10.2: derived from all bases, and none of them itself.
  private boolean isDerived(IdentitySchemaNode identity, IdentityrefTypeDefinition type) {
    for (IdentitySchemaNode base : type.getIdentities()) {
      if (!descends(identity, base)) {
        return false;
      }
    }
    return true;
  }

  private static boolean descends(IdentitySchemaNode identity, IdentitySchemaNode base) {
    for (IdentitySchemaNode parent : identity.getBaseIdentities()) {
      if (parent.getQName().equals(base.getQName()) || descends(parent, base)) {
        return true;
      }
    }
    return false;
  }
}
