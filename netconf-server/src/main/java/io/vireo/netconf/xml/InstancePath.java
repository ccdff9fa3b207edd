package io.vireo.netconf.xml;

import io.vireo.netconf.rpc.Namespaces;
import io.vireo.schema.DeviceSchema;
import io.vireo.schema.edit.TreeId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;
import org.opendaylight.yangtools.yang.model.api.CaseSchemaNode;
import org.opendaylight.yangtools.yang.model.api.ChoiceSchemaNode;
import org.opendaylight.yangtools.yang.model.api.DataNodeContainer;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/// An instance identifier as RFC 7950 §9.13 writes it in XML, from the device's root: a node of a
/// virtual router's tree is named through its mount point, so that a client finds it in what it
/// sent.
///
/// @param text the path
/// @param prefixes what its prefixes stand for
public record InstancePath(String text, Map<String, String> prefixes) {
  /// The path of a node; null: of the device as a whole.
  public static @Nullable InstancePath of(
      DeviceSchema schema, TreeId tree, @Nullable YangInstanceIdentifier path) {
    Writer writer = new Writer(schema);
    if (tree instanceof TreeId.Router(String name)) {
      String prefix = writer.prefix(Namespaces.LNE);
      writer.text.append(
          "/%1$s:logical-network-elements/%1$s:logical-network-element[%1$s:name=%2$s]/%1$s:root"
              .formatted(prefix, quoted(name)));
    }
    if (path != null) {
      writer.append(tree instanceof TreeId.Router ? schema.router() : schema.device(), path);
    }
    return writer.text.isEmpty() ? null : new InstancePath(writer.text.toString(), writer.prefixes);
  }

  private static final class Writer {
    private final DeviceSchema schema;
    private final StringBuilder text = new StringBuilder();
    private final Map<String, String> prefixes = new LinkedHashMap<>();

    Writer(DeviceSchema schema) {
      this.schema = schema;
    }

    void append(EffectiveModelContext context, YangInstanceIdentifier path) {
      @Nullable Object at = context;
      @Nullable QName last = null;
      for (PathArgument step : path.getPathArguments()) {
        QName name = step.getNodeType();
        if (!name.equals(last)) {
          at = child(at, name);
          if (!(at instanceof ChoiceSchemaNode)) {
            text.append('/').append(name(name));
          }
          last = name;
        }
        if (step instanceof NodeIdentifierWithPredicates keys) {
          for (Map.Entry<QName, Object> key : keys.entrySet()) {
            text.append('[').append(name(key.getKey())).append('=');
            text.append(value(key.getValue())).append(']');
          }
        } else if (step instanceof NodeWithValue<?> entry) {
          text.append("[.=").append(value(entry.getValue())).append(']');
        }
      }
    }

    private String name(QName name) {
      return prefix(name.getNamespace().toString()) + ":" + name.getLocalName();
    }

    private String value(Object value) {
      return value instanceof QName identity ? quoted(name(identity)) : quoted(value.toString());
    }

    /// The module's own prefix, or a numbered one where another module has it already.
    private String prefix(String namespace) {
      for (Map.Entry<String, String> known : prefixes.entrySet()) {
        if (known.getValue().equals(namespace)) {
          return known.getKey();
        }
      }
      String own = modulePrefix(namespace);
      String prefix = own;
      for (int i = 2; prefixes.containsKey(prefix); i++) {
        prefix = own + i;
      }
      prefixes.put(prefix, namespace);
      return prefix;
    }

    private String modulePrefix(String namespace) {
      for (EffectiveModelContext context :
          new EffectiveModelContext[] {schema.device(), schema.router()}) {
        for (var module : context.getModules()) {
          if (module.getNamespace().toString().equals(namespace)) {
            return module.getPrefix();
          }
        }
      }
      return "ns";
    }
  }

  private static @Nullable Object child(@Nullable Object at, QName name) {
    if (at instanceof ChoiceSchemaNode choice) {
      for (CaseSchemaNode branch : choice.getCases()) {
        DataSchemaNode found = branch.dataChildByName(name);
        if (found != null) {
          return found;
        }
      }
      return null;
    }
    return at instanceof DataNodeContainer container ? container.dataChildByName(name) : null;
  }

  private static String quoted(String value) {
    return value.indexOf('\'') < 0 ? "'" + value + "'" : "\"" + value + "\"";
  }
}
