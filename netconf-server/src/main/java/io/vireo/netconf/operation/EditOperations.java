package io.vireo.netconf.operation;

import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.EditOptions;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
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
  private final @Nullable UrlFiles files;

  /// @param files null: `url` is not served
  EditOperations(ManagementSession session, DataXml data, @Nullable UrlFiles files) {
    this.session = session;
    this.data = data;
    this.files = files;
  }

  Action editConfig(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params =
        new Params(
            xml,
            Set.of("target", "default-operation", "test-option", "error-option", "config", "url"));
    @Nullable Datastore target = null;
    @Nullable List<TreeEdit> edits = null;
    @Nullable String url = null;
    DefaultOperation operation = DefaultOperation.MERGE;
    EditOptions.Test test = EditOptions.Test.SET;
    EditOptions.OnError onError = EditOptions.OnError.ROLLBACK;
    while (params.next()) {
      if (edits != null || url != null) {
        throw RpcErrors.badElement(
            params.name(),
            "<" + params.name() + "> stands after <config> or <url>, which come last");
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
        default -> {
          requireTarget(target, "edit-config");
          ConfigPlace.require(files);
          url = params.text();
        }
      }
    }
    Datastore into = requireTarget(target, "edit-config");
    EditOptions options = new EditOptions(test, onError);
    if (url != null) {
      return editFrom(ConfigPlace.require(files), url, into, operation, options);
    }
    if (edits == null) {
      throw RpcErrors.missingElement("config", "edit-config");
    }
    List<TreeEdit> all = edits;
    return reply -> {
      Waiting.on(session.edit(into, all, options));
      reply.ok();
    };
  }

  private Action editFrom(
      UrlFiles where, String url, Datastore into, DefaultOperation operation, EditOptions options) {
    return reply -> {
      CopyOperations.authorize(session, "edit-config");
      List<TreeEdit> edits = where.read(url, xml -> data.readEdits(xml, operation));
      Waiting.on(session.edit(into, edits, options));
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
}
