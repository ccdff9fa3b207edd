package io.vireo.datastore.tree;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.api.ManagementException;
import io.vireo.schema.edit.TreeId;
import java.util.Map;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangNetconfErrorAware;
import org.opendaylight.yangtools.yang.data.tree.api.RequiredElementCountException;

/// Puts what YANG Tools' tree throws into the words of RFC 7950 §15; its own messages name Java
/// classes and stay in the exception's cause.
final class TreeFaults {
  private TreeFaults() {}

  static ManagementException explain(
      TreeSchema schema, TreeId tree, YangInstanceIdentifier path, Exception fault) {
    String where = schema.text(path);
    return new ManagementException(
        switch (fault) {
          // RFC 7950 §15.1.
          case YangNetconfErrorAware aware when isUnique(aware) ->
              error(
                  tree,
                  path,
                  ErrorTag.OPERATION_FAILED,
                  "data-not-unique",
                  where + " has two entries with the same values where they must be unique");
          // RFC 7950 §15.2, §15.3.
          case RequiredElementCountException count ->
              error(
                  tree,
                  path,
                  ErrorTag.OPERATION_FAILED,
                  count.getMaximumCount().isPresent()
                          && count.getActualCount() > count.getMaximumCount().getAsInt()
                      ? "too-many-elements"
                      : "too-few-elements",
                  where
                      + " has "
                      + count.getActualCount()
                      + " entries; allowed are "
                      + range(count));
          default ->
              error(
                  tree,
                  path,
                  ErrorTag.INVALID_VALUE,
                  "",
                  "the data given for " + where + " does not fit the schema");
        });
  }

  private static boolean isUnique(YangNetconfErrorAware fault) {
    return fault.getNetconfErrors().stream()
        .anyMatch(error -> "data-not-unique".equals(error.appTag()));
  }

  private static String range(RequiredElementCountException count) {
    return count.getMinimumCount().orElse(0)
        + " to "
        + (count.getMaximumCount().isPresent() ? count.getMaximumCount().getAsInt() : "any number");
  }

  private static ManagementError error(
      TreeId tree, YangInstanceIdentifier path, ErrorTag tag, String appTag, String message) {
    return new ManagementError(
        ErrorType.APPLICATION,
        tag,
        appTag.isEmpty() ? null : appTag,
        tree,
        path,
        message,
        Map.of());
  }
}
