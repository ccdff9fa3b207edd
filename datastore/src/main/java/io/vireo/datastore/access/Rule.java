package io.vireo.datastore.access;

import io.vireo.datastore.tree.NodePath;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One rule (RFC 8341 §3.5.2, `/nacm/rule-list/rule`), as it is for one user.
///
/// @param module of what is asked for; null: any
/// @param target what it is about
/// @param accesses what must be asked for
record Rule(@Nullable String module, Target target, Set<Access> accesses, boolean permits) {
  Rule {
    accesses = Set.copyOf(accesses);
  }

  /// What a rule is about.
  sealed interface Target {
    /// Everything: no rule-type is given.
    record Anything() implements Target {}

    /// @param name null: all of them
    record Operation(@Nullable String name) implements Target {}

    /// @param name null: all of them
    record Notification(@Nullable String name) implements Target {}

    record Data(NodePath path) implements Target {}
  }

  boolean isOfModule(String name) {
    return module == null || module.equals(name);
  }

  boolean isAboutOperation(String name, String moduleName) {
    return accesses.contains(Access.EXEC)
        && isOfModule(moduleName)
        && switch (target) {
          case Target.Anything() -> true;
          case Target.Operation(String wanted) -> wanted == null || wanted.equals(name);
          case Target.Notification(var ignored) -> false;
          case Target.Data(var ignored) -> false;
        };
  }

  // RFC 8341 §3.4.6: the access to a notification is read.
  boolean isAboutNotification(String name, String moduleName) {
    return accesses.contains(Access.READ)
        && isOfModule(moduleName)
        && switch (target) {
          case Target.Anything() -> true;
          case Target.Notification(String wanted) -> wanted == null || wanted.equals(name);
          case Target.Operation(var ignored) -> false;
          case Target.Data(var ignored) -> false;
        };
  }
}
