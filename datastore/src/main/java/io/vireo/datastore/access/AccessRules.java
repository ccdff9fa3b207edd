package io.vireo.datastore.access;

import io.vireo.datastore.tree.NodePath;
import io.vireo.datastore.tree.NodePath.BadPathException;
import io.vireo.datastore.tree.TreeSchemas;
import io.vireo.schema.node.SchemaNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafSetNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.MapNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Reads `/nacm` (RFC 8341 §3.5.2).
final class AccessRules {
  static final String NAMESPACE = "urn:ietf:params:xml:ns:yang:ietf-netconf-acm";
  private static final String ANY = "*";

  private final TreeSchemas schemas;
  private final SchemaNode container;

  private AccessRules(TreeSchemas schemas, SchemaNode container) {
    this.schemas = schemas;
    this.container = container;
  }

  /// The rules that concern a user.
  ///
  /// @param container the schema of `/nacm`
  /// @param nacm null: nothing is configured, the model's defaults hold
  /// @return null: access control is off
  static UserAccess.@Nullable Limits of(
      TreeSchemas schemas, SchemaNode container, @Nullable DataContainerNode nacm, String user) {
    AccessRules rules = new AccessRules(schemas, container);
    if ("false".equals(rules.text(nacm, container, "enable-nacm"))) {
      return null;
    }
    List<Rule> found = new ArrayList<>();
    Set<String> groups = rules.groupsOf(nacm, user);
    // RFC 8341 §3.4.5, 4: who is in no group has the defaults.
    if (!groups.isEmpty()) {
      SchemaNode list = rules.node(container, "rule-list");
      for (MapEntryNode each : rules.entries(nacm, list)) {
        Set<String> concerned = rules.texts(each, rules.node(list, "group"));
        if (concerned.contains(ANY) || concerned.stream().anyMatch(groups::contains)) {
          rules.addRules(each, list, user, found);
        }
      }
    }
    return new UserAccess.Limits(
        found,
        !"deny".equals(rules.text(nacm, container, "read-default")),
        "permit".equals(rules.text(nacm, container, "write-default")),
        !"deny".equals(rules.text(nacm, container, "exec-default")));
  }

  private Set<String> groupsOf(@Nullable DataContainerNode nacm, String user) {
    Set<String> found = new HashSet<>();
    SchemaNode groups = node(container, "groups");
    SchemaNode group = node(groups, "group");
    if (child(nacm, groups) instanceof DataContainerNode all) {
      for (MapEntryNode each : entries(all, group)) {
        if (texts(each, node(group, "user-name")).contains(user)) {
          found.add(String.valueOf(text(each, group, "name")));
        }
      }
    }
    return found;
  }

  private void addRules(DataContainerNode ruleList, SchemaNode list, String user, List<Rule> to) {
    SchemaNode rule = node(list, "rule");
    for (MapEntryNode each : entries(ruleList, rule)) {
      Rule.Target target;
      try {
        target = target(each, rule, user);
      } catch (BadPathException e) {
        // Neither a commit nor a start with other models lets one through.
        continue;
      }
      String module = text(each, rule, "module-name");
      to.add(
          new Rule(
              module == null || module.equals(ANY) ? null : module,
              target,
              accesses(each, rule),
              permits(each, rule)));
    }
  }

  private boolean permits(DataContainerNode each, SchemaNode rule) {
    return "permit".equals(text(each, rule, "action"));
  }

  private Rule.Target target(DataContainerNode each, SchemaNode rule, String user)
      throws BadPathException {
    String rpc = text(each, rule, "rpc-name");
    if (rpc != null) {
      return new Rule.Target.Operation(rpc.equals(ANY) ? null : rpc);
    }
    String notification = text(each, rule, "notification-name");
    if (notification != null) {
      return new Rule.Target.Notification(notification.equals(ANY) ? null : notification);
    }
    String path = text(each, rule, "path");
    return path == null
        ? new Rule.Target.Anything()
        : new Rule.Target.Data(NodePath.parse(path, schemas, user));
  }

  private Set<Access> accesses(DataContainerNode each, SchemaNode rule) {
    Object value = value(child(each, node(rule, "access-operations")));
    if (!(value instanceof Collection<?> bits)) {
      return EnumSet.allOf(Access.class); // '*', which is the default
    }
    Set<Access> found = EnumSet.noneOf(Access.class);
    for (Access access : Access.values()) {
      if (bits.contains(access.yangName())) {
        found.add(access);
      }
    }
    return found;
  }

  /// The rules whose path names nothing.
  static List<DeadRule> dead(TreeSchemas schemas, SchemaNode container, DataContainerNode nacm) {
    AccessRules rules = new AccessRules(schemas, container);
    SchemaNode list = rules.node(container, "rule-list");
    SchemaNode rule = rules.node(list, "rule");
    List<DeadRule> dead = new ArrayList<>();
    for (MapEntryNode ruleList : rules.entries(nacm, list)) {
      for (MapEntryNode each : rules.entries(ruleList, rule)) {
        try {
          rules.target(each, rule, "");
        } catch (BadPathException e) {
          dead.add(
              new DeadRule(
                  YangInstanceIdentifier.of(
                      container.identifier(),
                      list.identifier(),
                      ruleList.name(),
                      rule.identifier(),
                      each.name()),
                  String.valueOf(rules.text(each, rule, "name")),
                  rules.permits(each, rule),
                  String.valueOf(e.getMessage())));
        }
      }
    }
    return dead;
  }

  private SchemaNode node(SchemaNode parent, String name) {
    SchemaNode found = parent.lookup(NAMESPACE, name);
    if (found == null) {
      throw new IllegalStateException(parent + " has no " + name);
    }
    return found;
  }

  // Steps through choices, too.
  private static @Nullable NormalizedNode child(
      @Nullable DataContainerNode parent, SchemaNode child) {
    NormalizedNode at = parent;
    for (var step : child.pathArguments()) {
      at = io.vireo.datastore.tree.NodeLookup.child(at, step);
    }
    return at;
  }

  private Collection<MapEntryNode> entries(@Nullable DataContainerNode parent, SchemaNode list) {
    return child(parent, list) instanceof MapNode map ? map.body() : List.of();
  }

  private Set<String> texts(DataContainerNode parent, SchemaNode leafList) {
    Set<String> found = new HashSet<>();
    if (child(parent, leafList) instanceof LeafSetNode<?> set) {
      set.body().forEach(entry -> found.add(String.valueOf(entry.body())));
    }
    return found;
  }

  private @Nullable String text(
      @Nullable DataContainerNode parent, SchemaNode schema, String leaf) {
    Object value = value(child(parent, node(schema, leaf)));
    return value == null ? null : value.toString();
  }

  private static @Nullable Object value(@Nullable NormalizedNode leaf) {
    return leaf == null ? null : leaf.body();
  }
}
