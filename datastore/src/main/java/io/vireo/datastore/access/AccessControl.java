package io.vireo.datastore.access;

import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.TreeChange;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.Change;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.datastore.tree.UserOrder;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Access control as running has it now. A change of the rules is in force with the commit that
/// makes it, for sessions that are open, too (RFC 8341 §3.1.1).
public final class AccessControl {
  private final TreeSchemas schemas;
  private final Supplier<Trees> running;
  private final Set<String> recoveryUsers;
  private final @Nullable SchemaNode nacm;
  private final UserAccess unlimited;
  private final AtomicLong deniedOperations = new AtomicLong();
  private final AtomicLong deniedWrites = new AtomicLong();
  private final AtomicLong deniedNotifications = new AtomicLong();
  private volatile @Nullable Made made;

  /// What has been worked out for one state of the rules.
  private record Made(@Nullable DataContainerNode rules, Map<String, UserAccess> users) {}

  /// How often something was refused since the start.
  public record Denied(long operations, long dataWrites, long notifications) {}

  /// @param recoveryUsers users who are denied nothing
  public AccessControl(TreeSchemas schemas, Supplier<Trees> running, Set<String> recoveryUsers) {
    this.schemas = schemas;
    this.running = running;
    this.recoveryUsers = Set.copyOf(recoveryUsers);
    this.nacm = schemas.device().nodes().find(AccessRules.NAMESPACE, "nacm");
    this.unlimited = new UserAccess(schemas, null);
  }

  public Denied denied() {
    return new Denied(deniedOperations.get(), deniedWrites.get(), deniedNotifications.get());
  }

  /// What a caller may do.
  @SuppressWarnings("ReferenceEquality") // the same rules are the same node
  public UserAccess of(Caller caller) {
    SchemaNode container = nacm;
    // RFC 8341 §2.1: without the model there is nothing to enforce.
    if (container == null
        || caller.door() == Caller.Door.SYSTEM
        || recoveryUsers.contains(caller.user())) {
      return unlimited;
    }
    ContainerNode device = running.get().device();
    DataContainerNode rules =
        device.childByArg(container.identifier()) instanceof DataContainerNode data ? data : null;
    Made now = made;
    if (now == null || now.rules() != rules) {
      now = new Made(rules, new ConcurrentHashMap<>());
      made = now;
    }
    UserAccess known = now.users().get(caller.user());
    if (known == null) {
      UserAccess.Limits limits = AccessRules.of(schemas, container, rules, caller.user());
      known = limits == null ? unlimited : new UserAccess(schemas, limits);
      now.users().put(caller.user(), known);
    }
    return known;
  }

  /// Refuses an operation that the caller may not invoke.
  public void requireOperation(Caller caller, TreeId tree, QName operation)
      throws ManagementException {
    if (!of(caller).mayInvoke(tree, operation)) {
      throw denied(operation.getLocalName(), tree);
    }
  }

  /// Refuses an operation of the NETCONF protocol, whatever the door calls it.
  public void requireOperation(Caller caller, Protocol operation) throws ManagementException {
    if (!of(caller).mayInvoke(operation)) {
      throw denied(operation.yangName(), TreeId.DEVICE);
    }
  }

  private ManagementException denied(String operation, TreeId tree) {
    deniedOperations.incrementAndGet();
    return new ManagementException(
        ManagementError.protocol(
            ErrorTag.ACCESS_DENIED,
            "you may not carry out '"
                + operation
                + "'"
                + (tree instanceof TreeId.Router ? " in " + tree : "")));
  }

  /// Whether a caller may read a node of a tree and all above it (RFC 8341 §3.2.4).
  public boolean maySee(Caller caller, TreeId tree, YangInstanceIdentifier path) {
    return of(caller).maySee(tree, path);
  }

  /// What of a state the caller may read.
  public Trees readable(Caller caller, Trees trees) {
    UserAccess access = of(caller);
    return access.isUnlimited() ? trees : new ReadFilter(schemas, access).filter(trees);
  }

  /// What of a change the caller may be told (RFC 8341 §3.4.6); null: nothing.
  public @Nullable TreeChange readable(Caller caller, TreeChange change) {
    UserAccess access = of(caller);
    if (access.isUnlimited()) {
      return change;
    }
    if (!access.maySee(change.tree(), change.path())) {
      return null;
    }
    NormalizedNode before = readable(access, change, change.before());
    NormalizedNode after = readable(access, change, change.after());
    return isSame(before, after)
        ? null
        : new TreeChange(change.tree(), change.path(), before, after);
  }

  // Where all that differs is hidden nothing is left to tell.
  private static boolean isSame(@Nullable NormalizedNode before, @Nullable NormalizedNode after) {
    boolean inOrder =
        !(before instanceof DistinctNodeContainer<?, ?> one
            && after instanceof DistinctNodeContainer<?, ?> other
            && !UserOrder.reordered(one, other).isEmpty());
    return Objects.equals(before, after) && inOrder;
  }

  private @Nullable NormalizedNode readable(
      UserAccess access, TreeChange change, @Nullable NormalizedNode side) {
    return side == null
        ? null
        : new ReadFilter(schemas, access).readable(change.tree(), change.path(), side);
  }

  /// Whether a caller's changes need no look.
  public boolean mayChangeAll(Caller caller) {
    UserAccess access = of(caller);
    return access.isUnlimited() || new WriteCheck(schemas, access).isNeedless();
  }

  /// Refuses a change of which the caller may not make some part.
  public void requireChanges(Caller caller, Map<TreeId, List<Change>> changes)
      throws ManagementException {
    UserAccess access = of(caller);
    ManagementError error =
        access.isUnlimited() ? null : new WriteCheck(schemas, access).find(changes);
    if (error != null) {
      deniedWrites.incrementAndGet();
      throw new ManagementException(error);
    }
  }

  /// Refuses edits that name what the caller may neither read nor write. To be called before they
  /// are carried out, so that nothing is told of what is there.
  public void requireNamed(Caller caller, List<TreeEdit> edits) throws ManagementException {
    UserAccess access = of(caller);
    if (access.isAlwaysEverywhere(Access.READ)) {
      return;
    }
    ManagementError error = new NamedCheck(schemas, access).find(edits);
    if (error != null) {
      deniedWrites.incrementAndGet();
      throw new ManagementException(error);
    }
  }

  /// Errors of a change as the caller may be told them.
  public List<ManagementError> told(Caller caller, List<ManagementError> errors) {
    UserAccess access = of(caller);
    if (access.isUnlimited()) {
      return errors;
    }
    Veil veil = new Veil(schemas, access);
    return errors.stream().map(veil::over).toList();
  }

  /// An error about a node that the caller did not name; where he may not read it, about the one
  /// below which it is.
  ///
  /// @param message follows the node's name
  public ManagementError errorAt(
      Caller caller, TreeId tree, YangInstanceIdentifier path, ErrorTag tag, String message) {
    return new Veil(schemas, of(caller)).at(tree, path, tag, message);
  }

  /// Refuses a change by which something comes, goes or becomes another that the caller may not
  /// read.
  public void requireReadable(Caller caller, Map<TreeId, List<Change>> changes)
      throws ManagementException {
    for (Map.Entry<TreeId, List<Change>> tree : changes.entrySet()) {
      for (Change change : tree.getValue()) {
        if (!isReadable(caller, tree.getKey(), change)) {
          deniedWrites.incrementAndGet();
          throw new ManagementException(
              ManagementError.application(
                  ErrorTag.ACCESS_DENIED,
                  "the copy would change data that you may not read; nothing was copied"));
        }
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // of what nothing is left out is the same node
  private boolean isReadable(Caller caller, TreeId tree, Change change) {
    TreeChange readable =
        readable(caller, new TreeChange(tree, change.path(), change.before(), change.after()));
    return readable != null
        && readable.before() == change.before()
        && readable.after() == change.after();
  }

  /// Whether a notification may be sent to a caller; counted where not.
  ///
  /// @param module the name of its module
  /// @param schema its statement; null: it is not in the schema that is served
  public boolean mayReceive(
      Caller caller, String module, String notification, @Nullable SchemaNode schema) {
    boolean may = of(caller).mayReceive(module, notification, schema);
    if (!may) {
      deniedNotifications.incrementAndGet();
    }
    return may;
  }

  /// What is wrong with the rules of a configuration that no schema can say: paths that name
  /// nothing.
  ///
  /// @param changes of the device's tree; the rules are looked at where they are concerned
  public static void check(
      TreeSchemas schemas,
      ContainerNode device,
      List<Change> changes,
      List<ManagementError> errors) {
    SchemaNode container = schemas.device().nodes().find(AccessRules.NAMESPACE, "nacm");
    if (container == null) {
      return;
    }
    boolean concerned =
        changes.stream()
            .anyMatch(change ->
                change.path().isEmpty()
                    || change.path().getPathArguments().getFirst().equals(container.identifier()));
    if (concerned) {
      for (DeadRule dead : DeadRule.of(schemas, device)) {
        errors.add(
            ManagementError.at(
                TreeId.DEVICE,
                dead.path(),
                ErrorTag.INVALID_VALUE,
                "the path of rule '" + dead.name() + "' names nothing: " + dead.why()));
      }
    }
  }
}
