package io.vireo.netconf.operation;

import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.netconf.filter.FilterReader;
import io.vireo.netconf.filter.FilterTooLargeException;
import io.vireo.netconf.filter.SubtreeFilter;
import io.vireo.netconf.rpc.Params;
import io.vireo.netconf.rpc.RpcErrors;
import io.vireo.schema.DeviceSchema;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// `get` (RFC 6241 §7.7) and `get-config` (§7.1).
final class ReadOperations {
  private final ManagementSession session;
  private final DeviceSchema schema;
  private final DataXml data;

  ReadOperations(ManagementSession session, DeviceSchema schema, DataXml data) {
    this.session = session;
    this.schema = schema;
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
    @Nullable SubtreeFilter filter = null;
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

  private static SubtreeFilter filter(XMLStreamReader xml)
      throws XMLStreamException, ManagementException {
    for (int i = 0; i < xml.getAttributeCount(); i++) {
      // RFC 6241 §7.1: the type is subtree where nothing is said; xpath is a capability.
      if (xml.getAttributeLocalName(i).equals("type")
          && !xml.getAttributeValue(i).equals("subtree")) {
        throw RpcErrors.badAttribute(
            ErrorType.PROTOCOL,
            "type",
            "filter",
            "filters of type '" + xml.getAttributeValue(i) + "' are not served: use subtree");
      }
    }
    return subtree(xml);
  }

  /// Reads the contents of the element at which `xml` stands.
  static SubtreeFilter subtree(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    try {
      return new SubtreeFilter(FilterReader.read(xml));
    } catch (FilterTooLargeException e) {
      throw RpcErrors.tooBig(String.valueOf(e.getMessage()));
    }
  }

  private Action answer(DataQuery query) {
    return reply -> {
      DataQuery.Answer answer = query.ask(session, schema, data);
      reply.remarks(answer.warnings());
      reply.start("data");
      query.write(reply.xml(), data, answer);
      reply.end();
    };
  }
}
