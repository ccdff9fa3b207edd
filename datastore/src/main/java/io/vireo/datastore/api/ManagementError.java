package io.vireo.datastore.api;

import io.vireo.schema.edit.TreeId;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;

/// One error as RFC 6241 §4.3 describes it.
///
/// @param type the layer where it happened
/// @param tag the error-tag
/// @param appTag the error-app-tag, as RFC 7950 §15 and the models name it
/// @param tree the tree that `path` belongs to
/// @param path the node concerned
/// @param message for a person: names the value and the fix
/// @param info contents of error-info: element name (of the NETCONF base namespace) to text, such
///   as `session-id` or `bad-element`
public record ManagementError(
    ErrorType type,
    ErrorTag tag,
    @Nullable String appTag,
    TreeId tree,
    @Nullable YangInstanceIdentifier path,
    String message,
    Map<String, String> info) {
  public enum ErrorType {
    TRANSPORT,
    RPC,
    PROTOCOL,
    APPLICATION
  }

  public ManagementError {
    info = Map.copyOf(info);
  }

  /// An application error about no node in particular.
  public static ManagementError application(ErrorTag tag, String message) {
    return new ManagementError(
        ErrorType.APPLICATION, tag, null, TreeId.DEVICE, null, message, Map.of());
  }

  /// A protocol error about no node in particular.
  public static ManagementError protocol(ErrorTag tag, String message) {
    return new ManagementError(
        ErrorType.PROTOCOL, tag, null, TreeId.DEVICE, null, message, Map.of());
  }

  /// An application error about a node.
  public static ManagementError at(
      TreeId tree, YangInstanceIdentifier path, ErrorTag tag, String message) {
    return new ManagementError(ErrorType.APPLICATION, tag, null, tree, path, message, Map.of());
  }
}
