package io.vireo.netconf.operation;

import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.netconf.rpc.Params;
import io.vireo.netconf.rpc.Reply;
import io.vireo.netconf.rpc.RpcErrors;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// `close-session` and `kill-session` (RFC 6241 §7.8, §7.9).
final class SessionOperations {
  private final ManagementSession session;

  SessionOperations(ManagementSession session) {
    this.session = session;
  }

  Action closeSession(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params.none(xml);
    return new Action() {
      @Override
      public void run(Reply reply) throws XMLStreamException {
        reply.ok();
      }

      @Override
      public boolean endsSession() {
        return true;
      }
    };
  }

  Action killSession(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params = new Params(xml, Set.of("session-id"));
    @Nullable String text = null;
    while (params.next()) {
      text = params.text();
    }
    if (text == null) {
      throw RpcErrors.missingElement("session-id", "kill-session");
    }
    int id = number(text);
    if (id == session.id()) {
      // RFC 6241 §7.9: a session can't kill itself.
      throw RpcErrors.invalidValue("session " + id + " is this one: end it with <close-session/>");
    }
    return reply -> {
      Waiting.on(session.kill(id).thenApply(nothing -> Boolean.TRUE));
      reply.ok();
    };
  }

  private static int number(String text) throws ManagementException {
    try {
      int id = Integer.parseInt(text);
      if (id > 0) {
        return id;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw RpcErrors.invalidValue("'" + text + "' is no session-id: a number from 1 on");
  }
}
