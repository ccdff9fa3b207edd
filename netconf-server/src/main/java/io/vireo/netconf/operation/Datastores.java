package io.vireo.netconf.operation;

import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementException;
import io.vireo.netconf.rpc.Namespaces;
import io.vireo.netconf.rpc.Params;
import io.vireo.netconf.rpc.RpcErrors;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads `source` and `target`: an element that names a configuration datastore.
final class Datastores {
  private static final String FACTORY = "urn:vireo:yang:vireo-factory-default";

  private Datastores() {}

  /// Reads the name of a datastore (RFC 8342 §7), an identity.
  ///
  /// @param xml stands at its element; afterwards at its end
  static Datastore identity(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params.QualifiedName name = Params.identity(xml);
    for (Datastore datastore : Datastore.values()) {
      String module = datastore == Datastore.FACTORY_DEFAULT ? FACTORY : Namespaces.DATASTORES;
      if (datastore.yangName().equals(name.name()) && module.equals(name.namespace())) {
        return datastore;
      }
    }
    throw RpcErrors.invalidValue(
        "'"
            + name.name()
            + "' is no datastore of this server: use one of ietf-datastores, such as"
            + " ds:running");
  }

  /// @param xml stands at the start of `source` or `target`; afterwards at its end
  static Datastore read(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    String parameter = xml.getLocalName();
    Datastore datastore = of(xml, into(xml), parameter);
    Params.none(xml);
    end(xml, parameter);
    return datastore;
  }

  /// The same of `lock` and `unlock`, which take the name of a datastore, too (RFC 8526 §3.2).
  static Datastore readAny(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    String parameter = xml.getLocalName();
    Datastore datastore = any(xml, into(xml), parameter);
    end(xml, parameter);
    return datastore;
  }

  /// The datastore of the element at which `xml` stands, named in either way.
  static Datastore any(XMLStreamReader xml, String name, String parameter)
      throws XMLStreamException, ManagementException {
    if (name.equals("datastore") && Namespaces.NMDA.equals(xml.getNamespaceURI())) {
      return identity(xml);
    }
    Datastore datastore = of(xml, name, parameter);
    Params.none(xml);
    return datastore;
  }

  /// Steps into the parameter, to the element that names the datastore or is `config`.
  static String into(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    String parameter = xml.getLocalName();
    if (!Params.nextElement(xml)) {
      throw RpcErrors.missingElement("running|candidate", parameter);
    }
    return xml.getLocalName();
  }

  /// Steps out of the parameter.
  static void end(XMLStreamReader xml, String parameter)
      throws XMLStreamException, ManagementException {
    if (Params.nextElement(xml)) {
      throw RpcErrors.badElement(
          xml.getLocalName(), "<" + parameter + "> names one datastore, not several");
    }
  }

  /// The datastore of the element at which `xml` stands.
  static Datastore of(XMLStreamReader xml, String name, String parameter)
      throws ManagementException {
    if (Namespaces.BASE.equals(xml.getNamespaceURI())) {
      if (name.equals("running")) {
        return Datastore.RUNNING;
      }
      if (name.equals("candidate")) {
        return Datastore.CANDIDATE;
      }
      if (name.equals("startup")) {
        return Datastore.STARTUP;
      }
      if (name.equals("url")) {
        throw RpcErrors.notSupported(
            "<url> is not served here: only as source of copy-config and validate, as target of"
                + " copy-config and delete-config, and where the server was started with it");
      }
    }
    if (name.equals("factory-default") && FACTORY.equals(xml.getNamespaceURI())) {
      // RFC 8808 §3: a source of copy-config.
      return Datastore.FACTORY_DEFAULT;
    }
    throw RpcErrors.badElement(
        name, "<" + name + "> is no datastore: <" + parameter + "> takes running or candidate");
  }
}
