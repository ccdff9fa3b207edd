package io.vireo.netconf.operation;

import io.vireo.datastore.api.CommitOptions;
import io.vireo.datastore.api.CommitResult;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.netconf.rpc.Params;
import io.vireo.netconf.rpc.RpcErrors;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// `commit` (RFC 6241 §8.3.4, §8.4.5), `cancel-commit` (§8.4.4), `discard-changes` (§8.3.4),
/// `validate` (§8.6.4), `lock` and `unlock` (§7.5, §7.6).
final class TransactionOperations {
  private final ManagementSession session;

  TransactionOperations(ManagementSession session) {
    this.session = session;
  }

  Action commit(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    CommitOptions options = CommitParameters.read(xml);
    return reply -> {
      CommitResult result = Waiting.on(session.commitWith(options));
      reply.remarks(result.warnings());
      reply.ok();
    };
  }

  Action cancelCommit(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params = new Params(xml, Set.of("persist-id"));
    @Nullable String persistId = null;
    while (params.next()) {
      persistId = params.text();
    }
    String token = persistId;
    return reply -> {
      Waiting.on(session.cancelCommit(token).thenApply(nothing -> Boolean.TRUE));
      reply.ok();
    };
  }

  Action discardChanges(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params.none(xml);
    return reply -> {
      Waiting.on(session.discard());
      reply.ok();
    };
  }

  Action lock(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    return done(session::lock, target(xml));
  }

  Action unlock(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    return done(session::unlock, target(xml));
  }

  private static Datastore target(XMLStreamReader xml)
      throws XMLStreamException, ManagementException {
    String operation = xml.getLocalName();
    Params params = new Params(xml, Set.of("target"));
    @Nullable Datastore target = null;
    while (params.next()) {
      target = Datastores.readAny(xml);
    }
    if (target == null) {
      throw RpcErrors.missingElement("target", operation);
    }
    return target;
  }

  private static Action done(
      Function<Datastore, CompletableFuture<Void>> call, Datastore datastore) {
    return reply -> {
      Waiting.on(call.apply(datastore).thenApply(nothing -> Boolean.TRUE));
      reply.ok();
    };
  }
}
