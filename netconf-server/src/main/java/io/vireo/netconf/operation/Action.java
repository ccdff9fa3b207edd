package io.vireo.netconf.operation;

import io.vireo.datastore.api.ManagementException;
import io.vireo.netconf.rpc.Reply;
import java.io.IOException;
import javax.xml.stream.XMLStreamException;

/// A request that was read whole and can be carried out.
@FunctionalInterface
public interface Action {
  /// Carries it out and writes what goes into the reply; throws a refusal before it wrote anything.
  void run(Reply reply) throws XMLStreamException, ManagementException, IOException;

  /// Whether the session ends after the reply.
  default boolean endsSession() {
    return false;
  }
}
