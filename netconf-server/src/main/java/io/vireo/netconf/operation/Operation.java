package io.vireo.netconf.operation;

import io.vireo.datastore.api.ManagementException;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/// Reads one kind of request.
@FunctionalInterface
interface Operation {
  /// @param xml stands at the operation's start; afterwards at its end
  Action read(XMLStreamReader xml) throws XMLStreamException, ManagementException;
}
