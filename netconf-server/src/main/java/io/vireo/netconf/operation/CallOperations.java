package io.vireo.netconf.operation;

import io.vireo.datastore.api.Invocation;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.netconf.rpc.Reply;
import io.vireo.netconf.xml.TreePages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// RPCs of the device's models, and those of a virtual router's models as actions of its mount
/// point (RFC 8528 §5). The outputs of one that streams become one reply.
final class CallOperations {
  private final ManagementSession session;
  private final DataXml data;

  CallOperations(ManagementSession session, DataXml data) {
    this.session = session;
    this.data = data;
  }

  Action call(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    DataXml.Call call = data.readCall(xml);
    return reply -> run(call, reply);
  }

  private void run(DataXml.Call call, Reply reply)
      throws XMLStreamException, ManagementException, IOException {
    List<ContainerNode> outputs = Collections.synchronizedList(new ArrayList<>());
    Invocation invocation = session.invoke(call.tree(), call.rpc(), call.input(), outputs::add);
    try {
      Waiting.on(invocation.done().thenApply(nothing -> Boolean.TRUE));
    } catch (IOException e) {
      invocation.cancel(); // nobody waits for it any more
      throw e;
    }
    ContainerNode merged = outputs.stream().reduce(TreePages::container).orElse(null);
    if (merged == null || merged.isEmpty()) {
      reply.ok(); // RFC 7950 §7.14.4
    } else {
      data.writeOutput(reply.xml(), call, merged);
    }
  }
}
