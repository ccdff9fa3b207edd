package io.vireo.netconf.operation;

import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.netconf.filter.DataFilter;
import io.vireo.netconf.rpc.Namespaces;
import io.vireo.netconf.rpc.Params;
import io.vireo.netconf.rpc.RpcErrors;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// `get` (RFC 6241 §7.7) and `get-config` (§7.1).
final class ReadOperations {
  private final ManagementSession session;
  private final DataXml data;

  ReadOperations(ManagementSession session, DataXml data) {
    this.session = session;
    this.data = data;
  }

  Action get(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params = new Params(xml, Set.of("filter"), DefaultsMode.PARAMETER);
    DataQuery query = new DataQuery(Datastore.OPERATIONAL);
    while (params.next()) {
      if (params.name().equals("filter")) {
        query.filter = filter(xml);
      } else {
        query.defaults = DefaultsMode.read(params);
      }
    }
    return answer(query);
  }

  Action getConfig(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params = new Params(xml, Set.of("source", "filter"), DefaultsMode.PARAMETER);
    DataFilter filter = DataFilter.ALL;
    @Nullable Datastore source = null;
    DefaultsMode defaults = DefaultsMode.EXPLICIT;
    while (params.next()) {
      switch (params.name()) {
        case "source" -> source = Datastores.read(xml);
        case "filter" -> filter = filter(xml);
        default -> defaults = DefaultsMode.read(params);
      }
    }
    if (source == null) {
      throw RpcErrors.missingElement("source", "get-config");
    }
    DataQuery query = new DataQuery(source);
    query.filter = filter;
    query.defaults = defaults;
    return answer(query);
  }

  /// RFC 6241 §7.1: the type is subtree where nothing is said; §8.9: xpath.
  private DataFilter filter(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    @Nullable String type = attribute(xml, "type");
    if (type == null || type.equals("subtree")) {
      return data.readSubtree(xml);
    }
    if (!type.equals("xpath")) {
      throw RpcErrors.badAttribute(
          ErrorType.PROTOCOL,
          "type",
          "filter",
          "there are no filters of type '" + type + "': use subtree or xpath");
    }
    @Nullable String select = attribute(xml, "select");
    if (select == null) {
      throw RpcErrors.missingAttribute("select", "filter");
    }
    DataFilter filter = data.readXPath(xml, select);
    Params.none(xml);
    return filter;
  }

  /// An attribute of no namespace, or of the protocol's, as many clients write it; null: none.
  private static @Nullable String attribute(XMLStreamReader xml, String name) {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      String namespace = xml.getAttributeNamespace(i);
      if (xml.getAttributeLocalName(i).equals(name)
          && (namespace == null || namespace.isEmpty() || namespace.equals(Namespaces.BASE))) {
        return xml.getAttributeValue(i);
      }
    }
    return null;
  }

  private Action answer(DataQuery query) {
    return reply -> {
      DataQuery.Answer answer = query.ask(session, data);
      reply.remarks(answer.warnings());
      reply.start("data");
      query.write(reply.xml(), data, answer);
      reply.end();
    };
  }
}
