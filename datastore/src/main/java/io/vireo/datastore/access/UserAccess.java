package io.vireo.datastore.access;

import io.vireo.datastore.tree.NodePath;
import io.vireo.datastore.tree.Place;
import io.vireo.datastore.tree.RouterEntries;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.ChoiceStep;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.node.SchemaTree;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.model.api.DocumentedNode;

/// What one user may do (RFC 8341 §3.4). Any thread; decisions are made once and kept.
public final class UserAccess {
  private final TreeSchemas schemas;
  private final @Nullable Limits limits;
  private final List<SchemaNode> mount;
  private final Map<Access, Map<SchemaNode, Decision>> decisions = new EnumMap<>(Access.class);
  private final Map<Access, Map<SchemaNode, Boolean>> uniform = new EnumMap<>(Access.class);

  /// The rules that concern a user, in order, and what holds where none matches.
  record Limits(List<Rule> rules, boolean read, boolean write, boolean exec) {
    Limits {
      rules = List.copyOf(rules);
    }
  }

  /// A rule that matches some instances of a node.
  private record Condition(NodePath path, boolean permits) {}

  /// @param conditions looked at in order; the first that an instance meets decides
  /// @param otherwise whether it is permitted where none is met
  private record Decision(List<Condition> conditions, boolean otherwise) {
    boolean of(Place place) {
      for (Condition condition : conditions) {
        if (condition.path().covers(place)) {
          return condition.permits();
        }
      }
      return otherwise;
    }
  }

  /// @param limits null: everything is permitted
  UserAccess(TreeSchemas schemas, @Nullable Limits limits) {
    this.schemas = schemas;
    this.limits = limits;
    this.mount = mountOf(schemas.device().nodes());
    for (Access access : Access.values()) {
      decisions.put(access, new ConcurrentHashMap<>());
      uniform.put(access, new ConcurrentHashMap<>());
    }
  }

  // The way from the device's top to the mount point; empty where there is none.
  private static List<SchemaNode> mountOf(SchemaTree device) {
    SchemaNode container = device.root().lookup(RouterEntries.CONTAINER);
    SchemaNode list = container == null ? null : container.lookup(RouterEntries.LIST);
    if (container == null || list == null) {
      return List.of();
    }
    for (SchemaNode child : list.children()) {
      if (child.isMountPoint()) {
        return List.of(container, list, child);
      }
    }
    return List.of();
  }

  /// Whether nothing is denied: access control is off, or this is a recovery session.
  public boolean isUnlimited() {
    return limits == null;
  }

  /// RFC 8341 §3.4.4.
  ///
  /// @param tree whose operation it is: one of a virtual router is an action of its mount point
  public boolean mayInvoke(TreeId tree, QName operation) {
    Limits rules = limits;
    if (rules == null) {
      return true;
    }
    SchemaTree schema = schemas.of(tree).nodes();
    String module = schema.moduleName(operation.getModule());
    Place at = tree instanceof TreeId.Router(String name) ? mountPlace(name) : null;
    for (Rule rule : rules.rules()) {
      boolean matches =
          rule.isAboutOperation(operation.getLocalName(), module)
              || (at != null
                  && rule.target() instanceof Rule.Target.Data(NodePath path)
                  && rule.accesses().contains(Access.EXEC)
                  && rule.isOfModule(module)
                  && path.covers(at));
      if (matches) {
        return rule.permits() && maySee(at);
      }
    }
    SchemaTree.Operation known = schema.lookupOperation(operation);
    boolean denied = known != null && DefaultDeny.of(known.schema()) == DefaultDeny.ALL;
    return !denied && rules.exec() && maySee(at);
  }

  /// RFC 8341 §3.4.4, for an operation of the protocol. To end one's own session is always
  /// permitted and not asked for.
  boolean mayInvoke(Protocol operation) {
    Limits rules = limits;
    if (rules == null) {
      return true;
    }
    for (Rule rule : rules.rules()) {
      if (rule.isAboutOperation(operation.yangName(), operation.module())) {
        return rule.permits();
      }
    }
    return !operation.isDeniedByDefault() && rules.exec();
  }

  // RFC 8341 §3.4.5: an action's data nodes must be readable.
  boolean maySee(@Nullable Place place) {
    for (Place at = place; at != null; at = at.parent()) {
      if (!may(Access.READ, at)) {
        return false;
      }
    }
    return true;
  }

  /// RFC 8341 §3.4.6: whether a notification may be sent to the user.
  ///
  /// @param module the name of its module
  /// @param schema its statement; null: it is not in the schema that is served
  public boolean mayReceive(String module, String notification, @Nullable SchemaNode schema) {
    Limits rules = limits;
    if (rules == null) {
      return true;
    }
    for (Rule rule : rules.rules()) {
      if (rule.isAboutNotification(notification, module)) {
        return rule.permits();
      }
    }
    return rules.read() && (schema == null || DefaultDeny.of(schema.schema()) != DefaultDeny.ALL);
  }

  /// RFC 8341 §3.2.4: whether the user may read a node of a tree and all above it.
  public boolean maySee(TreeId tree, YangInstanceIdentifier path) {
    return maySee(standing(tree, path).instance());
  }

  /// Whether there is anything in a tree that the user may read.
  public boolean maySeeAny(TreeId tree) {
    return maySee(tree, YangInstanceIdentifier.of())
        && schemas.of(tree).nodes().root().children().stream()
            .anyMatch(child -> !isNever(Access.READ, child));
  }

  /// Where a node of a tree stands, seen from the device's top.
  Standing standing(TreeId tree, YangInstanceIdentifier path) {
    Place top = tree instanceof TreeId.Router(String name) ? mountPlace(name) : null;
    return Standing.at(top, schemas.of(tree).nodes().root(), path);
  }

  /// Where a virtual router's tree is mounted; null: the device's schema has no place for one.
  @Nullable Place mountPlace(String router) {
    if (mount.isEmpty()) {
      return null;
    }
    return new Place(null, mount.get(0), null)
        .child(
            mount.get(1),
            NodeIdentifierWithPredicates.of(RouterEntries.LIST, RouterEntries.KEY, router))
        .child(mount.get(2), null);
  }

  /// RFC 8341 §3.4.5.
  boolean may(Access access, Place place) {
    return limits == null || decide(access, place.node()).of(place);
  }

  /// Whether no instance of a node may be accessed.
  boolean isNever(Access access, SchemaNode node) {
    if (limits == null) {
      return false;
    }
    Decision decision = decide(access, node);
    return decision.conditions().isEmpty() && !decision.otherwise();
  }

  /// Whether every instance of a node may be accessed, and all below it.
  boolean isAlways(Access access, SchemaNode node) {
    if (limits == null) {
      return true;
    }
    Map<SchemaNode, Boolean> known = uniform.getOrDefault(access, Map.of());
    Boolean found = known.get(node);
    if (found == null) {
      Decision decision = decide(access, node);
      found =
          decision.conditions().isEmpty()
              && decision.otherwise()
              && node.children().stream().allMatch(child -> isAlways(access, child))
              && (!node.isMountPoint() || isAlwaysInRouters(access));
      known.put(node, found);
    }
    return found;
  }

  boolean isAlwaysInRouters(Access access) {
    return schemas.router().nodes().root().children().stream()
        .allMatch(child -> isAlways(access, child));
  }

  /// Whether the user may do this everywhere, on the device and in all virtual routers.
  boolean isAlwaysEverywhere(Access access) {
    return limits == null
        || (schemas.device().nodes().root().children().stream()
                .allMatch(child -> isAlways(access, child))
            && isAlwaysInRouters(access));
  }

  private Decision decide(Access access, SchemaNode node) {
    Map<SchemaNode, Decision> known = decisions.getOrDefault(access, Map.of());
    Decision found = known.get(node);
    if (found == null) {
      found = make(access, node);
      known.put(node, found);
    }
    return found;
  }

  private Decision make(Access access, SchemaNode node) {
    Limits all = limits;
    if (all == null) {
      return new Decision(List.of(), true);
    }
    List<SchemaNode> chain = chain(node);
    String module = node.tree().moduleName(node.name().getModule());
    List<Condition> conditions = new ArrayList<>();
    for (Rule rule : all.rules()) {
      if (!rule.accesses().contains(access) || !rule.isOfModule(module)) {
        continue;
      }
      switch (rule.target()) {
        case Rule.Target.Anything() -> {
          return new Decision(List.copyOf(conditions), rule.permits());
        }
        case Rule.Target.Data(NodePath path) when path.covers(chain) -> {
          if (path.isAnywhere()) {
            return new Decision(List.copyOf(conditions), rule.permits());
          }
          conditions.add(new Condition(path, rule.permits()));
        }
        case Rule.Target.Data(var elsewhere) -> {}
        case Rule.Target.Operation(var ignored) -> {}
        case Rule.Target.Notification(var ignored) -> {}
      }
    }
    return new Decision(List.copyOf(conditions), otherwise(all, access, chain));
  }

  private static boolean otherwise(Limits limits, Access access, List<SchemaNode> chain) {
    for (SchemaNode each : chain) {
      if (denies(each.schema(), access)) {
        return false;
      }
      // RFC 8341 §4: the extensions stand in any data definition statement (RFC 7950 §3).
      for (ChoiceStep step : each.choices()) {
        if (denies(step.choiceSchema(), access) || denies(step.caseSchema(), access)) {
          return false;
        }
      }
    }
    return access.isWrite() ? limits.write() : limits.read();
  }

  private static boolean denies(DocumentedNode statement, Access access) {
    return switch (DefaultDeny.of(statement)) {
      case NOTHING -> false;
      case WRITE -> access.isWrite();
      case ALL -> true;
    };
  }

  // From the device's top, be it across the mount point.
  private List<SchemaNode> chain(SchemaNode node) {
    List<SchemaNode> chain = new ArrayList<>();
    SchemaNode at = node;
    while (at.parent() != null) {
      chain.addFirst(at);
      at = at.parent();
    }
    if (node.tree().equals(schemas.router().nodes())) {
      chain.addAll(0, mount);
    }
    return chain;
  }
}
