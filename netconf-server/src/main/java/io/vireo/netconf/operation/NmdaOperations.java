package io.vireo.netconf.operation;

import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.EditOptions;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.netconf.filter.DataFilter;
import io.vireo.netconf.filter.Depth;
import io.vireo.netconf.operation.DataXml.DefaultOperation;
import io.vireo.netconf.rpc.Namespaces;
import io.vireo.netconf.rpc.Params;
import io.vireo.netconf.rpc.RpcErrors;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;

/// `get-data` and `edit-data` (RFC 8526 §3.1).
final class NmdaOperations {
  private static final int MAX_DEPTH = 65_535;

  private final ManagementSession session;
  private final DataXml data;
  private final QNameModule module;

  /// @param module the one that has the operations
  NmdaOperations(ManagementSession session, DataXml data, QNameModule module) {
    this.module = module;
    this.session = session;
    this.data = data;
  }

  Action getData(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params =
        new Params(
            xml,
            Set.of(
                "datastore",
                "subtree-filter",
                "xpath-filter",
                "config-filter",
                "origin-filter",
                "negated-origin-filter",
                "max-depth",
                "with-origin",
                "with-defaults"));
    @Nullable Datastore datastore = null;
    DataFilter filter = DataFilter.ALL;
    @Nullable Boolean config = null;
    Set<String> origins = new TreeSet<>();
    Set<String> notOrigins = new TreeSet<>();
    int depth = Depth.UNBOUNDED;
    boolean withOrigin = false;
    DefaultsMode defaults = DefaultsMode.EXPLICIT;
    while (params.next()) {
      switch (params.name()) {
        case "datastore" -> datastore = Datastores.identity(xml);
        case "subtree-filter" -> filter = only(filter, data.readSubtree(xml));
        case "xpath-filter" -> filter = only(filter, data.readXPath(xml, params.text()));
        case "config-filter" -> config = config(params.text());
        case "origin-filter" -> origins.add(origin(xml));
        case "negated-origin-filter" -> notOrigins.add(origin(xml));
        case "max-depth" -> depth = depth(params.text());
        case "with-origin" -> withOrigin = isEmpty(params);
        default -> defaults = DefaultsMode.read(params);
      }
    }
    if (datastore == null) {
      throw RpcErrors.missingElement("datastore", "get-data");
    }
    if (!origins.isEmpty() && !notOrigins.isEmpty()) {
      throw RpcErrors.badElement(
          "negated-origin-filter",
          "<origin-filter> and <negated-origin-filter> exclude each other: use one of them");
    }
    boolean ofOrigins = withOrigin || !origins.isEmpty() || !notOrigins.isEmpty();
    if (ofOrigins && datastore != Datastore.OPERATIONAL) {
      throw RpcErrors.invalidValue(
          "only the operational datastore has origins, " + datastore.yangName() + " has none");
    }
    DataQuery query = new DataQuery(datastore);
    query.filter = filter;
    query.config = config;
    query.depth = depth;
    query.withOrigin = withOrigin;
    query.defaults = defaults;
    if (ofOrigins && !(origins.isEmpty() && notOrigins.isEmpty())) {
      query.origins =
          origins.isEmpty() ? new OriginFilter(notOrigins, true) : new OriginFilter(origins, false);
    }
    return answer(query);
  }

  private Action answer(DataQuery query) {
    return reply -> {
      authorize("get-data");
      DataQuery.Answer answer = query.ask(session, data);
      reply.remarks(answer.warnings());
      reply.xml().writeStartElement("", "data", Namespaces.NMDA);
      reply.xml().writeDefaultNamespace(Namespaces.NMDA);
      query.write(reply.xml(), data, answer);
      reply.end();
    };
  }

  private static DataFilter only(DataFilter before, DataFilter filter) throws ManagementException {
    if (!before.equals(DataFilter.ALL)) {
      throw RpcErrors.badElement(
          "xpath-filter", "<subtree-filter> and <xpath-filter> exclude each other: use one");
    }
    return filter;
  }

  // RFC 8341 §3.4.4: by its own name; what it does is looked at as that of get and edit-config.
  private void authorize(String operation) throws ManagementException, IOException {
    Waiting.on(session.authorize(TreeId.DEVICE, QName.create(module, operation)));
  }

  private static Boolean config(String text) throws ManagementException {
    return switch (text) {
      case "true" -> Boolean.TRUE;
      case "false" -> Boolean.FALSE;
      default ->
          throw RpcErrors.invalidValue("'" + text + "' is no config-filter: use true or false");
    };
  }

  private static String origin(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params.QualifiedName name = Params.identity(xml);
    if (!name.namespace().equals(Namespaces.ORIGIN) || !OriginFilter.KNOWN.contains(name.name())) {
      throw RpcErrors.invalidValue(
          "'" + name.name() + "' is no origin: use one of ietf-origin, such as or:learned");
    }
    return name.name();
  }

  private static int depth(String text) throws ManagementException {
    if (text.equals("unbounded")) {
      return Depth.UNBOUNDED;
    }
    try {
      int depth = Integer.parseInt(text);
      if (depth >= 1 && depth <= MAX_DEPTH) {
        return depth;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw RpcErrors.invalidValue(
        "'" + text + "' is no max-depth: use 1 to " + MAX_DEPTH + ", or unbounded");
  }

  private static boolean isEmpty(Params params) throws XMLStreamException, ManagementException {
    String text = params.text();
    if (!text.isEmpty()) {
      throw RpcErrors.invalidValue("<with-origin> is empty, not '" + text + "'");
    }
    return true;
  }

  Action editData(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params = new Params(xml, Set.of("datastore", "default-operation", "config", "url"));
    @Nullable Datastore target = null;
    @Nullable List<TreeEdit> edits = null;
    DefaultOperation operation = DefaultOperation.MERGE;
    while (params.next()) {
      if (edits != null) {
        throw RpcErrors.badElement(
            params.name(), "<" + params.name() + "> stands after <config>, which comes last");
      }
      switch (params.name()) {
        case "datastore" -> target = Datastores.identity(xml);
        case "default-operation" -> operation = EditOperations.defaultOperation(params.text());
        case "config" -> edits = data.readEdits(xml, operation);
        default -> throw RpcErrors.notSupported("<url> is not served: send the data in <config>");
      }
    }
    if (target == null) {
      throw RpcErrors.missingElement("datastore", "edit-data");
    }
    if (!target.isWritable()) {
      throw RpcErrors.invalidValue(
          target.yangName() + " can't be edited: use running or candidate");
    }
    if (edits == null) {
      throw RpcErrors.missingElement("config", "edit-data");
    }
    Datastore into = target;
    List<TreeEdit> all = edits;
    return reply -> {
      authorize("edit-data");
      Waiting.on(session.edit(into, all, EditOptions.PLAIN));
      reply.ok();
    };
  }
}
