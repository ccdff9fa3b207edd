package io.vireo.netconf.operation;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.netconf.monitoring.ServedModules;
import io.vireo.netconf.rpc.Namespaces;
import io.vireo.netconf.rpc.RpcErrors;
import io.vireo.schema.DeviceSchema;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.common.XMLNamespace;

/// All operations of one session.
public final class Operations {
  private final Map<String, Operation> base;
  private final Map<String, Operation> nmda;
  private final Map<String, Operation> partialLocks;
  private final Operation getSchema;
  private final Operation call;
  private final DeviceSchema schema;

  /// @param files null: the capability `url` is not there
  public Operations(
      ManagementSession session,
      DeviceSchema schema,
      ServedModules modules,
      DataXml data,
      @Nullable UrlFiles files) {
    this.schema = schema;
    ReadOperations reads = new ReadOperations(session, data);
    EditOperations edits = new EditOperations(session, data, files);
    CopyOperations copies = new CopyOperations(session, data, files);
    TransactionOperations transactions = new TransactionOperations(session);
    SessionOperations sessions = new SessionOperations(session);
    base =
        Map.ofEntries(
            Map.entry("get", reads::get),
            Map.entry("get-config", reads::getConfig),
            Map.entry("edit-config", edits::editConfig),
            Map.entry("copy-config", copies::copyConfig),
            Map.entry("delete-config", copies::deleteConfig),
            Map.entry("commit", transactions::commit),
            Map.entry("cancel-commit", transactions::cancelCommit),
            Map.entry("discard-changes", transactions::discardChanges),
            Map.entry("validate", copies::validate),
            Map.entry("lock", transactions::lock),
            Map.entry("unlock", transactions::unlock),
            Map.entry("close-session", sessions::closeSession),
            Map.entry("kill-session", sessions::killSession));
    NmdaOperations datastores = new NmdaOperations(session, data, nmdaModule(schema));
    nmda = Map.of("get-data", datastores::getData, "edit-data", datastores::editData);
    PartialLockOperations parts = new PartialLockOperations(session, schema);
    partialLocks = Map.of("partial-lock", parts::lock, "partial-unlock", parts::unlock);
    getSchema = new SchemaOperations(session, modules)::getSchema;
    call = new CallOperations(session, data)::call;
  }

  private static QNameModule nmdaModule(DeviceSchema schema) {
    return schema.device().findModules(XMLNamespace.of(Namespaces.NMDA)).stream()
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("the device's schema has no ietf-netconf-nmda"))
        .getQNameModule();
  }

  /// Reads the operation at whose start `xml` stands, to its end.
  public Action read(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    String name = xml.getLocalName();
    String namespace = xml.getNamespaceURI() == null ? "" : xml.getNamespaceURI();
    Operation operation = find(namespace, name);
    if (operation == null) {
      throw unknown(namespace, name);
    }
    return operation.read(xml);
  }

  private @Nullable Operation find(String namespace, String name) {
    if (namespace.equals(Namespaces.BASE)) {
      return base.get(name);
    }
    if (namespace.equals(Namespaces.NMDA)) {
      return nmda.get(name);
    }
    if (namespace.equals(Namespaces.PARTIAL_LOCK)) {
      return partialLocks.get(name);
    }
    if (namespace.equals(Namespaces.MONITORING) && name.equals("get-schema")) {
      return getSchema;
    }
    if (namespace.equals(Namespaces.YANG) && name.equals("action")) {
      return call;
    }
    boolean known =
        schema.device().getOperations().stream()
            .anyMatch(rpc ->
                rpc.getQName().getLocalName().equals(name)
                    && rpc.getQName().getNamespace().toString().equals(namespace));
    return known ? call : null;
  }

  private ManagementException unknown(String namespace, String name) {
    boolean knownNamespace =
        namespace.equals(Namespaces.BASE)
            || namespace.equals(Namespaces.YANG)
            || namespace.equals(Namespaces.PARTIAL_LOCK)
            || schema.device().getModules().stream()
                .anyMatch(module -> module.getNamespace().toString().equals(namespace));
    if (!knownNamespace) {
      return RpcErrors.unknownNamespace(ErrorType.PROTOCOL, name, namespace);
    }
    // RFC 6241, Appendix A: the request is not supported by this implementation.
    return RpcErrors.error(
        ErrorType.PROTOCOL,
        ErrorTag.OPERATION_NOT_SUPPORTED,
        null,
        "there is no operation '"
            + name
            + "' in "
            + namespace
            + "; an RPC of a virtual router is an <action> below its <root>",
        Map.of());
  }
}
