package io.vireo.netconf.operation;

import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.PartialLock;
import io.vireo.netconf.rpc.Namespaces;
import io.vireo.netconf.rpc.Params;
import io.vireo.netconf.rpc.Reply;
import io.vireo.netconf.rpc.RpcErrors;
import io.vireo.netconf.xml.InstancePath;
import io.vireo.schema.DeviceSchema;
import io.vireo.schema.type.InvalidValueException;
import io.vireo.schema.type.XPathText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.XMLNamespace;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/// `partial-lock` and `partial-unlock` (RFC 5717 §2.4).
final class PartialLockOperations {
  private static final int MAX_SELECTS = 1_000;

  private final ManagementSession session;
  private final DeviceSchema schema;

  PartialLockOperations(ManagementSession session, DeviceSchema schema) {
    this.session = session;
    this.schema = schema;
  }

  Action lock(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params = new Params(xml, Set.of("select"));
    List<String> select = new ArrayList<>();
    while (params.next()) {
      if (select.size() == MAX_SELECTS) {
        throw RpcErrors.tooBig("a partial lock has at most " + MAX_SELECTS + " <select>");
      }
      select.add(withModules(xml, params.text()));
    }
    if (select.isEmpty()) {
      throw RpcErrors.missingElement("select", "partial-lock");
    }
    return reply -> write(reply, Waiting.on(session.partialLock(select)));
  }

  // As the datastore keeps expressions: with module names for prefixes.
  private String withModules(XMLStreamReader xml, String expression) throws ManagementException {
    try {
      return XPathText.rename(
          expression,
          prefix -> {
            String namespace = xml.getNamespaceContext().getNamespaceURI(prefix);
            String module = namespace == null ? null : moduleOf(namespace);
            if (module == null) {
              throw new InvalidValueException(
                  "its prefix '"
                      + prefix
                      + (namespace == null || namespace.isEmpty()
                          ? "' is declared nowhere"
                          : "' stands for " + namespace + ", which no module has"));
            }
            return module;
          });
    } catch (InvalidValueException e) {
      throw RpcErrors.invalidValue("'" + expression + "': " + e.getMessage());
    }
  }

  private @Nullable String moduleOf(String namespace) {
    XMLNamespace wanted;
    try {
      wanted = XMLNamespace.of(namespace);
    } catch (IllegalArgumentException e) {
      return null; // no URI
    }
    for (EffectiveModelContext context : List.of(schema.device(), schema.router())) {
      for (var module : context.findModules(wanted)) {
        return module.getName();
      }
    }
    return null;
  }

  private void write(Reply reply, PartialLock lock) throws XMLStreamException {
    start(reply, "lock-id");
    reply.text(Integer.toString(lock.id()));
    reply.end();
    for (PartialLock.Node node : lock.nodes()) {
      InstancePath path = InstancePath.of(schema, node.tree(), node.path());
      start(reply, "locked-node");
      if (path != null) {
        for (Map.Entry<String, String> prefix : path.prefixes().entrySet()) {
          reply.xml().writeNamespace(prefix.getKey(), prefix.getValue());
        }
      }
      reply.text(path == null ? "/" : path.text());
      reply.end();
    }
  }

  private static void start(Reply reply, String name) throws XMLStreamException {
    reply.xml().writeStartElement("", name, Namespaces.PARTIAL_LOCK);
    reply.xml().writeDefaultNamespace(Namespaces.PARTIAL_LOCK);
  }

  Action unlock(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params = new Params(xml, Set.of("lock-id"));
    @Nullable String text = null;
    while (params.next()) {
      text = params.text();
    }
    if (text == null) {
      throw RpcErrors.missingElement("lock-id", "partial-unlock");
    }
    int id;
    try {
      id = Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      throw RpcErrors.invalidValue(
          "'" + text + "' is no lock-id: a number as partial-lock gave it");
    }
    return reply -> {
      Waiting.on(session.partialUnlock(id).thenApply(nothing -> Boolean.TRUE));
      reply.ok();
    };
  }
}
