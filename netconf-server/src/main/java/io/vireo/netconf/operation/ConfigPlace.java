package io.vireo.netconf.operation;

import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.Trees;
import io.vireo.netconf.rpc.Namespaces;
import io.vireo.netconf.rpc.Params;
import io.vireo.netconf.rpc.RpcErrors;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// Where a whole configuration stands, or is to: what `source` and `target` name.
sealed interface ConfigPlace {
  /// A datastore.
  record Named(Datastore datastore) implements ConfigPlace {}

  /// A file (RFC 6241 §8.8).
  record Url(UrlFiles files, String url) implements ConfigPlace {}

  /// The message itself, as `config`.
  record Inline(Trees trees) implements ConfigPlace {}

  /// @param xml stands at the start of `source` or `target`; afterwards at its end
  /// @param files null: `url` is not served
  /// @param anyName whether `datastore` may name one, too (RFC 8526 §3.2)
  static ConfigPlace read(
      XMLStreamReader xml, DataXml data, @Nullable UrlFiles files, boolean anyName)
      throws XMLStreamException, ManagementException {
    String parameter = xml.getLocalName();
    String name = Datastores.into(xml);
    boolean base = Namespaces.BASE.equals(xml.getNamespaceURI());
    ConfigPlace place;
    if (base && name.equals("config") && parameter.equals("source")) {
      place = new Inline(data.readConfig(xml));
    } else if (base && name.equals("url")) {
      place = new Url(require(files), Params.text(xml));
    } else {
      place =
          new Named(anyName ? Datastores.any(xml, name, parameter) : named(xml, name, parameter));
    }
    Datastores.end(xml, parameter);
    return place;
  }

  private static Datastore named(XMLStreamReader xml, String name, String parameter)
      throws XMLStreamException, ManagementException {
    Datastore datastore = Datastores.of(xml, name, parameter);
    Params.none(xml);
    return datastore;
  }

  /// The files, where they are served.
  static UrlFiles require(@Nullable UrlFiles files) throws ManagementException {
    if (files == null) {
      throw RpcErrors.notSupported(
          "<url> is not served: send the data in <config>, or start vireo with --url on");
    }
    return files;
  }
}
