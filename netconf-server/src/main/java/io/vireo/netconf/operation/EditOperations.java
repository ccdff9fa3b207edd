package io.vireo.netconf.operation;

import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.EditOptions;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.Trees;
import io.vireo.netconf.operation.DataXml.DefaultOperation;
import io.vireo.netconf.rpc.Params;
import io.vireo.netconf.rpc.RpcErrors;
import io.vireo.schema.edit.TreeEdit;
import java.util.List;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// `edit-config`, `copy-config` and `delete-config` (RFC 6241 §7.2 to §7.4).
///
/// Where no `error-option` is given an edit is all or nothing, which is how `stop-on-error`, the
/// default, may be read; given in words, it keeps what came before the error. What can be checked
/// of an edit alone is checked when it is made; the candidate as a whole by `validate` and `commit`
/// (RFC 7950 §8.3.3), or at once where `test-option` says so.
final class EditOperations {
  private final ManagementSession session;
  private final DataXml data;

  EditOperations(ManagementSession session, DataXml data) {
    this.session = session;
    this.data = data;
  }

  Action editConfig(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params =
        new Params(
            xml,
            Set.of("target", "default-operation", "test-option", "error-option", "config", "url"));
    @Nullable Datastore target = null;
    @Nullable List<TreeEdit> edits = null;
    DefaultOperation operation = DefaultOperation.MERGE;
    EditOptions.Test test = EditOptions.Test.SET;
    EditOptions.OnError onError = EditOptions.OnError.ROLLBACK;
    while (params.next()) {
      if (edits != null) {
        throw RpcErrors.badElement(
            params.name(), "<" + params.name() + "> stands after <config>, which comes last");
      }
      switch (params.name()) {
        case "target" -> target = Datastores.read(xml);
        case "default-operation" -> operation = defaultOperation(params.text());
        case "test-option" -> test = test(params.text());
        case "error-option" -> onError = onError(params.text());
        case "config" -> {
          requireTarget(target, "edit-config");
          edits = data.readEdits(xml, operation);
        }
        default -> throw RpcErrors.notSupported("<url> is not served: send the data in <config>");
      }
    }
    Datastore into = requireTarget(target, "edit-config");
    if (edits == null) {
      throw RpcErrors.missingElement("config", "edit-config");
    }
    List<TreeEdit> all = edits;
    EditOptions options = new EditOptions(test, onError);
    return reply -> {
      Waiting.on(session.edit(into, all, options));
      reply.ok();
    };
  }

  static DefaultOperation defaultOperation(String text) throws ManagementException {
    return switch (text) {
      case "merge" -> DefaultOperation.MERGE;
      case "replace" -> DefaultOperation.REPLACE;
      case "none" -> DefaultOperation.NONE;
      default ->
          throw RpcErrors.invalidValue(
              "'" + text + "' is no default-operation: use merge, replace or none");
    };
  }

  private static EditOptions.Test test(String text) throws ManagementException {
    return switch (text) {
      case "test-then-set" -> EditOptions.Test.TEST_THEN_SET;
      case "set" -> EditOptions.Test.SET;
      case "test-only" -> EditOptions.Test.TEST_ONLY;
      default ->
          throw RpcErrors.invalidValue(
              "'" + text + "' is no test-option: use test-then-set, set or test-only");
    };
  }

  private static EditOptions.OnError onError(String text) throws ManagementException {
    return switch (text) {
      case "stop-on-error" -> EditOptions.OnError.STOP;
      case "continue-on-error" -> EditOptions.OnError.CONTINUE;
      case "rollback-on-error" -> EditOptions.OnError.ROLLBACK;
      default ->
          throw RpcErrors.invalidValue(
              "'"
                  + text
                  + "' is no error-option: use stop-on-error, continue-on-error or"
                  + " rollback-on-error");
    };
  }

  private static Datastore requireTarget(@Nullable Datastore target, String operation)
      throws ManagementException {
    if (target == null) {
      throw RpcErrors.missingElement("target", operation);
    }
    return target;
  }

  Action copyConfig(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params = new Params(xml, Set.of("target", "source"), DefaultsMode.PARAMETER);
    @Nullable Datastore target = null;
    @Nullable Datastore source = null;
    @Nullable Trees inline = null;
    while (params.next()) {
      if (params.name().equals("target")) {
        target = Datastores.read(xml);
        continue;
      }
      if (params.name().equals("with-defaults")) {
        requireExplicit(DefaultsMode.read(params));
        continue;
      }
      String name = Datastores.into(xml);
      if (name.equals("config")) {
        inline = data.readConfig(xml);
      } else {
        source = Datastores.of(xml, name, "source");
        Params.none(xml);
      }
      Datastores.end(xml, "source");
    }
    Datastore into = requireTarget(target, "copy-config");
    if (inline != null) {
      return replace(into, inline);
    }
    if (source == null) {
      throw RpcErrors.missingElement("source", "copy-config");
    }
    if (source == target) {
      // RFC 6241 §7.3
      throw RpcErrors.invalidValue("source and target are the same datastore, " + into.yangName());
    }
    return copy(into, source);
  }

  // RFC 6243 §4.5.3: a mode that the copy can't be made in is refused.
  private static void requireExplicit(DefaultsMode mode) throws ManagementException {
    if (mode != DefaultsMode.EXPLICIT) {
      throw RpcErrors.invalidValue(
          "a datastore keeps what was set, no more and no less: with-defaults can only be explicit");
    }
  }

  private Action replace(Datastore into, Trees trees) {
    return reply -> {
      Waiting.on(session.replace(into, trees));
      reply.ok();
    };
  }

  private Action copy(Datastore into, Datastore source) {
    return reply -> {
      Waiting.on(session.copy(source, into));
      reply.ok();
    };
  }

  Action deleteConfig(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params = new Params(xml, Set.of("target"));
    @Nullable Datastore target = null;
    while (params.next()) {
      target = Datastores.read(xml);
    }
    if (target == null) {
      throw RpcErrors.missingElement("target", "delete-config");
    }
    Datastore deleted = target;
    if (deleted != Datastore.STARTUP) {
      // RFC 6241 §7.4: running can't be deleted.
      throw RpcErrors.notSupported(
          deleted.yangName()
              + " can't be deleted; <discard-changes> empties the candidate of changes");
    }
    return reply -> {
      Waiting.on(session.delete(deleted));
      reply.ok();
    };
  }
}
