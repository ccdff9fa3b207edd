package io.vireo.schema.json;

import com.google.gson.stream.JsonToken;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.type.InvalidValueException;
import io.vireo.schema.type.TextForm;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.namespace.NamespaceContext;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.BooleanTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.DecimalTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.EmptyTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.IdentityrefTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.InstanceIdentifierTypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int16TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int32TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int64TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Int8TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint16TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint32TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint64TypeDefinition;
import org.opendaylight.yangtools.yang.model.api.type.Uint8TypeDefinition;

/// What JSON writes in its own way (RFC 7951 §6).
///
/// @param leaf the leaf or leaf-list whose value is read
/// @param token what kind of JSON value it is
record JsonForm(SchemaNode leaf, JsonToken token) implements TextForm {
  // A name of a path, with or without its module; never in a literal.
  private static final Pattern NAME =
      Pattern.compile(
          "'[^']*'|\"[^\"]*\"|(?<![\\w.:-])(?:([A-Za-z_][\\w.-]*):)?([A-Za-z_][\\w.-]*)");

  @Override
  public @Nullable Object read(TypeDefinition<?> type, String text) throws InvalidValueException {
    switch (type) {
      case Int8TypeDefinition number -> require(JsonToken.NUMBER, "a number");
      case Int16TypeDefinition number -> require(JsonToken.NUMBER, "a number");
      case Int32TypeDefinition number -> require(JsonToken.NUMBER, "a number");
      case Uint8TypeDefinition number -> require(JsonToken.NUMBER, "a number");
      case Uint16TypeDefinition number -> require(JsonToken.NUMBER, "a number");
      case Uint32TypeDefinition number -> require(JsonToken.NUMBER, "a number");
      // RFC 7951 §6.1: JSON's numbers don't hold them.
      case Int64TypeDefinition number -> require(JsonToken.STRING, "a string, in quotes");
      case Uint64TypeDefinition number -> require(JsonToken.STRING, "a string, in quotes");
      case DecimalTypeDefinition number -> require(JsonToken.STRING, "a string, in quotes");
      case BooleanTypeDefinition truth ->
          require(JsonToken.BOOLEAN, "true or false, without quotes");
      case EmptyTypeDefinition empty -> require(JsonToken.NULL, "[null]");
      case IdentityrefTypeDefinition identity -> {
        require(JsonToken.STRING, "a string");
        return identity(identity, text);
      }
      case InstanceIdentifierTypeDefinition path -> {
        require(JsonToken.STRING, "a string");
        return path(text);
      }
      default -> require(JsonToken.STRING, "a string");
    }
    return null;
  }

  private void require(JsonToken wanted, String words) throws InvalidValueException {
    if (token != wanted) {
      throw new InvalidValueException("in JSON it is " + words, null);
    }
  }

  // RFC 7951 §6.8: without module name it is of the leaf's own module.
  private Object identity(IdentityrefTypeDefinition type, String text)
      throws InvalidValueException {
    int colon = text.indexOf(':');
    SchemaTree tree = leaf.tree();
    String module = colon < 0 ? tree.moduleName(leaf.name().getModule()) : text.substring(0, colon);
    String name = text.substring(colon + 1);
    for (QName identity : tree.identities()) {
      if (identity.getLocalName().equals(name)
          && tree.moduleName(identity.getModule()).equals(module)
          && type.getIdentities().stream()
              .allMatch(base -> tree.isDerived(identity, base.getQName()))) {
        return identity;
      }
    }
    throw new InvalidValueException("no such identity is derived from the type's bases", null);
  }

  // RFC 7951 §6.11: a name without module is of the module before; in XML each has its prefix.
  private Object path(String text) throws InvalidValueException {
    StringBuilder qualified = new StringBuilder();
    Matcher names = NAME.matcher(text);
    String module = null;
    int end = 0;
    while (names.find()) {
      if (names.group(2) == null) {
        continue;
      }
      module = names.group(1) == null ? module : names.group(1);
      if (module == null) {
        throw new InvalidValueException("the first name of a path needs its module's name", null);
      }
      qualified.append(text, end, names.start());
      qualified.append(module).append(':').append(names.group(2));
      end = names.end();
    }
    qualified.append(text.substring(end));
    try {
      return leaf.tree()
          .xmlPathCodec()
          .parseValue(new ModuleNames(leaf.tree()), qualified.toString());
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new InvalidValueException(String.valueOf(e.getMessage()), e);
    }
  }

  /// Module names as prefixes.
  private record ModuleNames(SchemaTree tree) implements NamespaceContext {
    @Override
    public @Nullable String getNamespaceURI(String prefix) {
      return tree.lookupNamespace(prefix);
    }

    @Override
    public @Nullable String getPrefix(String namespace) {
      return tree.lookupModuleName(namespace);
    }

    @Override
    public Iterator<String> getPrefixes(String namespace) {
      String prefix = getPrefix(namespace);
      return prefix == null ? Collections.emptyIterator() : List.of(prefix).iterator();
    }
  }
}
