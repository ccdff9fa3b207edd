package io.vireo.netconf.rpc;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.api.ManagementException;
import io.vireo.schema.edit.TreeId;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Makes the errors of the messages and operations layers, as RFC 6241, Appendix A, spells them.
public final class RpcErrors {
  private RpcErrors() {}

  /// RFC 6241, Appendix A: a mandatory attribute is missing.
  public static ManagementException missingAttribute(String attribute, String element) {
    return error(
        ErrorType.RPC,
        ErrorTag.MISSING_ATTRIBUTE,
        "the attribute " + attribute + " is missing in <" + element + ">",
        Map.of("bad-attribute", attribute, "bad-element", element));
  }

  public static ManagementException badAttribute(
      ErrorType type, String attribute, String element, String message) {
    return error(
        type,
        ErrorTag.BAD_ATTRIBUTE,
        message,
        Map.of("bad-attribute", attribute, "bad-element", element));
  }

  public static ManagementException missingElement(String element, String parent) {
    return error(
        ErrorType.PROTOCOL,
        ErrorTag.MISSING_ELEMENT,
        "<" + element + "> is missing in <" + parent + ">",
        Map.of("bad-element", element));
  }

  public static ManagementException badElement(String element, String message) {
    return error(ErrorType.PROTOCOL, ErrorTag.BAD_ELEMENT, message, Map.of("bad-element", element));
  }

  public static ManagementException unknownElement(ErrorType type, String element, String parent) {
    return error(
        type,
        ErrorTag.UNKNOWN_ELEMENT,
        "<" + element + "> is not known in <" + parent + ">",
        Map.of("bad-element", element));
  }

  public static ManagementException unknownNamespace(
      ErrorType type, String element, String namespace) {
    return error(
        type,
        ErrorTag.UNKNOWN_NAMESPACE,
        "no module has the namespace '" + namespace + "' of <" + element + ">",
        Map.of("bad-element", element, "bad-namespace", namespace));
  }

  public static ManagementException invalidValue(String message) {
    return error(ErrorType.PROTOCOL, ErrorTag.INVALID_VALUE, message, Map.of());
  }

  public static ManagementException notSupported(String message) {
    return error(ErrorType.PROTOCOL, ErrorTag.OPERATION_NOT_SUPPORTED, message, Map.of());
  }

  public static ManagementException tooBig(String message) {
    return error(ErrorType.RPC, ErrorTag.TOO_BIG, message, Map.of());
  }

  private static ManagementException error(
      ErrorType type, ErrorTag tag, String message, Map<String, String> info) {
    return error(type, tag, null, message, info);
  }

  /// Any error about no node of the data.
  public static ManagementException error(
      ErrorType type,
      ErrorTag tag,
      @Nullable String appTag,
      String message,
      Map<String, String> info) {
    return new ManagementException(
        new ManagementError(type, tag, appTag, TreeId.DEVICE, null, message, new TreeMap<>(info)));
  }
}
