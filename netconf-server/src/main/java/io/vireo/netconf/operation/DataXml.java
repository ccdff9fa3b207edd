package io.vireo.netconf.operation;

import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.Trees;
import io.vireo.netconf.filter.DataFilter;
import io.vireo.netconf.filter.NodeSieve;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.xml.NodeMarks;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// What the operations need of the schema room: data trees and RPCs as XML, across the mount.
public interface DataXml {
  /// What stands above an edit's elements (RFC 6241 §7.2).
  enum DefaultOperation {
    MERGE,
    REPLACE,
    NONE
  }

  /// An RPC with its input.
  record Call(TreeId tree, QName rpc, ContainerNode input) {}

  /// Writes the top-level elements of the device's tree, the routers' trees at their mount points.
  void write(XMLStreamWriter xml, Trees trees) throws XMLStreamException;

  /// The same, with marks at its nodes.
  void write(XMLStreamWriter xml, Trees trees, NodeMarks marks) throws XMLStreamException;

  /// Reads a subtree filter (RFC 6241 §6): the contents of the element at which `xml` stands.
  DataFilter readSubtree(XMLStreamReader xml) throws XMLStreamException, ManagementException;

  /// Compiles a filter that is an expression (RFC 6241 §8.9).
  ///
  /// @param xml stands at its element, whose prefixes it has
  DataFilter readXPath(XMLStreamReader xml, String expression) throws ManagementException;

  /// What lets only some nodes pass.
  NodeSieve sieve(NodeSieve.Test test);

  /// Reads an edit-config's payload.
  ///
  /// @param xml stands at the start of `config`; afterwards at its end
  List<TreeEdit> readEdits(XMLStreamReader xml, DefaultOperation operation)
      throws XMLStreamException, ManagementException;

  /// Reads a whole configuration.
  ///
  /// @param xml stands at the start of `config`; afterwards at its end
  Trees readConfig(XMLStreamReader xml) throws XMLStreamException, ManagementException;

  /// Reads an RPC of the device, or an `action` (RFC 7950 §7.15): RFC 8528 §5 makes the RPCs of a
  /// mounted schema actions of the mount point.
  ///
  /// @param xml stands at the start of the RPC or of `action`; afterwards at its end
  Call readCall(XMLStreamReader xml) throws XMLStreamException, ManagementException;

  /// Writes an RPC's output.
  void writeOutput(XMLStreamWriter xml, Call call, ContainerNode output) throws XMLStreamException;
}
