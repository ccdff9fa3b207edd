package io.vireo.netconf.operation;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.netconf.monitoring.ServedModules;
import io.vireo.netconf.monitoring.ServedModules.ServedModule;
import io.vireo.netconf.rpc.Namespaces;
import io.vireo.netconf.rpc.Params;
import io.vireo.netconf.rpc.RpcErrors;
import io.vireo.schema.edit.TreeId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;

/// `get-schema` (RFC 6022 §3.1).
final class SchemaOperations {
  private static final QName NAME = QName.create(Namespaces.MONITORING, "2010-10-04", "get-schema");

  private final ManagementSession session;
  private final ServedModules modules;

  SchemaOperations(ManagementSession session, ServedModules modules) {
    this.session = session;
    this.modules = modules;
  }

  Action getSchema(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params = new Params(xml, Set.of("identifier", "version", "format"));
    @Nullable String identifier = null;
    @Nullable String version = null;
    while (params.next()) {
      switch (params.name()) {
        case "identifier" -> identifier = params.text();
        case "version" -> version = params.text();
        default -> requireYang(params.text());
      }
    }
    if (identifier == null) {
      throw RpcErrors.missingElement("identifier", "get-schema");
    }
    String text = find(identifier, version).text();
    return reply -> {
      Waiting.on(session.authorize(TreeId.DEVICE, NAME).thenApply(nothing -> Boolean.TRUE));
      reply.xml().writeStartElement("", "data", Namespaces.MONITORING);
      reply.xml().writeDefaultNamespace(Namespaces.MONITORING);
      reply.text(text);
      reply.end();
    };
  }

  private static void requireYang(String format) throws ManagementException {
    if (!format.substring(format.indexOf(':') + 1).equals("yang")) {
      throw RpcErrors.invalidValue("schemas are served as yang, not as '" + format + "'");
    }
  }

  private ServedModule find(String identifier, @Nullable String version)
      throws ManagementException {
    List<ServedModule> found =
        modules.all().stream()
            .filter(module -> module.name().equals(identifier))
            .filter(module -> version == null || module.revision().equals(version))
            .toList();
    if (found.isEmpty()) {
      throw RpcErrors.invalidValue(
          "there is no schema '"
              + identifier
              + (version == null || version.isEmpty() ? "'" : "' of version '" + version + "'")
              + ": /netconf-state/schemas lists them");
    }
    if (found.size() > 1) {
      throw RpcErrors.error(
          ErrorType.PROTOCOL,
          ErrorTag.OPERATION_FAILED,
          "data-not-unique",
          "there are " + found.size() + " versions of schema '" + identifier + "': name one",
          Map.of());
    }
    return found.getFirst();
  }
}
