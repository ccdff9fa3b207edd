package io.vireo.netconf.operation;

import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.netconf.operation.ConfigPlace.Inline;
import io.vireo.netconf.operation.ConfigPlace.Named;
import io.vireo.netconf.operation.ConfigPlace.Url;
import io.vireo.netconf.rpc.Namespaces;
import io.vireo.netconf.rpc.Params;
import io.vireo.netconf.rpc.Reply;
import io.vireo.netconf.rpc.RpcErrors;
import io.vireo.schema.edit.TreeId;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;

/// Operations on whole configurations: `copy-config`, `delete-config` (RFC 6241 §7.3, §7.4) and
/// `validate` (§8.6), of datastores, files (§8.8) and what a message has.
final class CopyOperations {
  private final ManagementSession session;
  private final DataXml data;
  private final @Nullable UrlFiles files;

  /// @param files null: `url` is not served
  CopyOperations(ManagementSession session, DataXml data, @Nullable UrlFiles files) {
    this.session = session;
    this.data = data;
    this.files = files;
  }

  /// Refuses who may not invoke an operation before anything is told of a file.
  static void authorize(ManagementSession session, String operation)
      throws ManagementException, IOException {
    QName name = QName.create(Namespaces.BASE, "2011-06-01", operation);
    Waiting.on(session.authorize(TreeId.DEVICE, name).thenApply(nothing -> Boolean.TRUE));
  }

  private static void done(CompletableFuture<Void> future, Reply reply)
      throws ManagementException, IOException, XMLStreamException {
    Waiting.on(future.thenApply(nothing -> Boolean.TRUE));
    reply.ok();
  }

  Action copyConfig(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params = new Params(xml, Set.of("target", "source"), DefaultsMode.PARAMETER);
    @Nullable ConfigPlace target = null;
    @Nullable ConfigPlace source = null;
    while (params.next()) {
      switch (params.name()) {
        case "target" -> target = ConfigPlace.read(xml, data, files, false);
        case "source" -> source = ConfigPlace.read(xml, data, files, false);
        default -> requireExplicit(DefaultsMode.read(params));
      }
    }
    if (target == null) {
      throw RpcErrors.missingElement("target", "copy-config");
    }
    if (source == null) {
      throw RpcErrors.missingElement("source", "copy-config");
    }
    if (source.equals(target)) {
      // RFC 6241 §7.3
      throw RpcErrors.invalidValue(
          "source and target are the same" + (source instanceof Named ? " datastore" : " file"));
    }
    ConfigPlace from = source;
    return target instanceof Url(UrlFiles into, String url)
        ? reply -> {
          authorize(session, "copy-config");
          authorize(session, "delete-config"); // the file may be another's
          write(from, into, url);
          reply.ok();
        }
        : copy(from, ((Named) target).datastore());
  }

  // RFC 6243 §4.5.3: a mode that the copy can't be made in is refused.
  private static void requireExplicit(DefaultsMode mode) throws ManagementException {
    if (mode != DefaultsMode.EXPLICIT) {
      throw RpcErrors.invalidValue(
          "a datastore keeps what was set, no more and no less: with-defaults can only be explicit");
    }
  }

  private Action copy(ConfigPlace from, Datastore into) {
    return reply -> {
      switch (from) {
        case Named(Datastore source) -> done(session.copy(source, into), reply);
        case Inline(var trees) -> done(session.replace(into, trees), reply);
        case Url(UrlFiles where, String url) -> {
          authorize(session, "copy-config");
          done(session.replace(into, where.read(url, data::readConfig)), reply);
        }
      }
    };
  }

  /// Into a file goes what the user may read, as everywhere else (RFC 8341 §3.2.6).
  private void write(ConfigPlace from, UrlFiles into, String url)
      throws ManagementException, IOException {
    switch (from) {
      case Named(Datastore source) -> {
        DataQuery query = new DataQuery(source);
        DataQuery.Answer answer = query.ask(session, data);
        into.write(url, xml -> query.write(xml, data, answer));
      }
      case Inline(var trees) -> into.write(url, xml -> data.write(xml, trees));
      case Url(UrlFiles where, String source) -> {
        var trees = where.read(source, data::readConfig);
        into.write(url, xml -> data.write(xml, trees));
      }
    }
  }

  Action deleteConfig(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params = new Params(xml, Set.of("target"));
    @Nullable ConfigPlace target = null;
    while (params.next()) {
      target = ConfigPlace.read(xml, data, files, false);
    }
    if (target == null) {
      throw RpcErrors.missingElement("target", "delete-config");
    }
    if (target instanceof Url(UrlFiles where, String url)) {
      return reply -> {
        authorize(session, "delete-config");
        where.delete(url);
        reply.ok();
      };
    }
    Datastore deleted = ((Named) target).datastore();
    if (deleted != Datastore.STARTUP) {
      // RFC 6241 §7.4: running can't be deleted.
      throw RpcErrors.notSupported(
          deleted.yangName()
              + " can't be deleted; <discard-changes> empties the candidate of changes");
    }
    return reply -> done(session.delete(deleted), reply);
  }

  Action validate(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params = new Params(xml, Set.of("source"));
    @Nullable ConfigPlace source = null;
    while (params.next()) {
      source = ConfigPlace.read(xml, data, files, true);
    }
    return switch (source) {
      case null -> throw RpcErrors.missingElement("source", "validate");
      case Named(Datastore datastore) -> reply -> done(session.validate(datastore), reply);
      case Inline(var trees) -> reply -> done(session.validate(trees), reply);
      case Url(UrlFiles where, String url) ->
          reply -> {
            authorize(session, "validate");
            done(session.validate(where.read(url, data::readConfig)), reply);
          };
    };
  }
}
