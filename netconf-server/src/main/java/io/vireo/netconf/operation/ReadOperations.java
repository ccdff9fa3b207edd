package io.vireo.netconf.operation;

import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.Trees;
import io.vireo.netconf.filter.FilterReader;
import io.vireo.netconf.filter.FilterTooLargeException;
import io.vireo.netconf.filter.SubtreeFilter;
import io.vireo.netconf.rpc.Params;
import io.vireo.netconf.rpc.Reply;
import io.vireo.netconf.rpc.RpcErrors;
import io.vireo.netconf.xml.TreePages;
import io.vireo.schema.DeviceSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
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
    Params params = new Params(xml, Set.of("filter"));
    @Nullable SubtreeFilter filter = null;
    while (params.next()) {
      filter = filter(xml);
    }
    return read(Datastore.OPERATIONAL, filter);
  }

  Action getConfig(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params = new Params(xml, Set.of("source", "filter"));
    @Nullable SubtreeFilter filter = null;
    @Nullable Datastore source = null;
    while (params.next()) {
      if (params.name().equals("source")) {
        source = Datastores.read(xml);
      } else {
        filter = filter(xml);
      }
    }
    if (source == null) {
      throw RpcErrors.missingElement("source", "get-config");
    }
    return read(source, filter);
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
    try {
      return new SubtreeFilter(FilterReader.read(xml));
    } catch (FilterTooLargeException e) {
      throw RpcErrors.tooBig(String.valueOf(e.getMessage()));
    }
  }

  private Action read(Datastore datastore, @Nullable SubtreeFilter filter) {
    Selection selection =
        filter == null ? Selection.ALL : filter.selection(schema.device(), schema.router());
    return reply -> {
      List<Trees> pages = new ArrayList<>();
      List<String> warnings = Waiting.on(session.read(datastore, selection, pages::add));
      write(reply, filter, pages, warnings);
    };
  }

  private void write(
      Reply reply, @Nullable SubtreeFilter filter, List<Trees> pages, List<String> warnings)
      throws XMLStreamException, IOException {
    reply.remarks(warnings);
    reply.start("data");
    if (!pages.isEmpty()) {
      Trees trees = TreePages.merge(pages);
      data.write(reply.xml(), filter == null ? trees : filter.apply(trees));
    }
    reply.end();
  }
}
