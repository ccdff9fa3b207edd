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

  /// @param xml stands at the start of `source` or `target`; afterwards at its end
  static Datastore read(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    String parameter = xml.getLocalName();
    Datastore datastore = name(xml, parameter);
    Params.none(xml);
    end(xml, parameter);
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

  private static Datastore name(XMLStreamReader xml, String parameter)
      throws XMLStreamException, ManagementException {
    return of(xml, into(xml), parameter);
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
        throw RpcErrors.notSupported("<url> is not served: use running, candidate or <config>");
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
