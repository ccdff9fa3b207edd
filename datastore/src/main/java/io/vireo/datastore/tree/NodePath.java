package io.vireo.datastore.tree;

import io.vireo.schema.node.NodeKind;
import io.vireo.schema.node.SchemaNode;
import io.vireo.schema.type.InvalidValueException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeWithValue;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.PathArgument;

/// A path through the device's tree and, across the mount point, into virtual routers': a
/// node-instance-identifier (RFC 8341 §3.5.2), whose keys may be left out.
///
/// @param steps none: `/`, everything
public record NodePath(List<Step> steps) {
  private static final Pattern NAME = Pattern.compile("/(?:([\\w.-]+):)?([A-Za-z_][\\w.-]*)");
  private static final Pattern PREDICATE =
      Pattern.compile(
          "\\s*\\[\\s*(?:(?:([\\w.-]+):)?([A-Za-z_][\\w.-]*)|(\\.))\\s*=\\s*"
              + "(?:'([^']*)'|\"([^\"]*)\"|(\\$USER))\\s*\\]");

  public NodePath {
    steps = List.copyOf(steps);
  }

  /// @param keys values that an entry must have, in canonical text
  /// @param value a leaf-list entry's, likewise; null: any
  public record Step(SchemaNode node, Map<QName, String> keys, @Nullable String value) {
    public Step {
      keys = Map.copyOf(keys);
    }

    boolean isAny() {
      return keys.isEmpty() && value == null;
    }

    boolean matches(Place place) {
      return place.node().equals(node) && (isAny() || names(place.entry()));
    }

    private boolean names(@Nullable PathArgument entry) {
      return switch (entry) {
        case NodeIdentifierWithPredicates names ->
            keys.entrySet().stream()
                .allMatch(key -> {
                  Object found = names.getValue(key.getKey());
                  return found != null && PathLiteral.text(node, found).equals(key.getValue());
                });
        case NodeWithValue<?> named -> PathLiteral.text(node, named.getValue()).equals(value);
        case null, default -> false;
      };
    }
  }

  /// Whether any entry of the nodes on the way is as good as another.
  public boolean isAnywhere() {
    return steps.stream().allMatch(Step::isAny);
  }

  /// Whether a node of this schema may stand at the path or below it.
  ///
  /// @param chain the node's schema and all above, outermost first
  public boolean covers(List<SchemaNode> chain) {
    if (steps.size() > chain.size()) {
      return false;
    }
    for (int i = 0; i < steps.size(); i++) {
      if (!steps.get(i).node().equals(chain.get(i))) {
        return false;
      }
    }
    return true;
  }

  /// Whether a node stands at the path or below it.
  public boolean covers(Place place) {
    List<Place> chain = place.chain();
    if (steps.size() > chain.size()) {
      return false;
    }
    for (int i = 0; i < steps.size(); i++) {
      if (!steps.get(i).matches(chain.get(i))) {
        return false;
      }
    }
    return true;
  }

  /// Reads a path. Prefixes are module names, or a module's own prefix, of identities among the
  /// keys, too; a name without one is of the module of the step before.
  ///
  /// @param user what `$USER` stands for
  public static NodePath parse(String text, TreeSchemas schemas, String user)
      throws BadPathException {
    String expression = text.strip();
    if (expression.equals("/")) {
      return new NodePath(List.of());
    }
    List<Step> steps = new ArrayList<>();
    SchemaNode at = schemas.device().nodes().root();
    Matcher name = NAME.matcher(expression);
    Matcher predicate = PREDICATE.matcher(expression);
    int end = 0;
    while (end < expression.length()) {
      if (!name.region(end, expression.length()).lookingAt()) {
        throw new BadPathException(
            "'" + expression + "' can't be read from '" + expression.substring(end) + "' on");
      }
      if (at.isMountPoint()) {
        at = schemas.router().nodes().root();
      }
      at = child(at, name.group(1), name.group(2), expression);
      end = name.end();
      Map<QName, String> keys = new HashMap<>();
      String value = null;
      while (predicate.region(end, expression.length()).lookingAt()) {
        SchemaNode leaf =
            predicate.group(3) != null
                ? leafList(at, expression)
                : key(at, predicate.group(2), expression);
        String said = value(leaf, predicate, user, expression);
        if (predicate.group(3) != null) {
          value = said;
        } else {
          keys.put(leaf.name(), said);
        }
        end = predicate.end();
      }
      steps.add(new Step(at, keys, value));
    }
    return new NodePath(steps);
  }

  // The canonical text of what a predicate demands.
  private static String value(SchemaNode leaf, Matcher predicate, String user, String path)
      throws BadPathException {
    boolean isUser = predicate.group(6) != null;
    String literal = isUser ? user : quoted(predicate);
    try {
      return PathLiteral.read(leaf, literal);
    } catch (InvalidValueException e) {
      if (isUser) {
        // Nobody's fault: no entry is named like this user.
        return literal;
      }
      throw new BadPathException(
          "'"
              + path
              + "': '"
              + literal
              + "' is no value of "
              + leaf.name().getLocalName()
              + ": "
              + e.getMessage());
    }
  }

  private static String quoted(Matcher predicate) {
    String single = predicate.group(4);
    return single != null ? single : predicate.group(5);
  }

  private static SchemaNode leafList(SchemaNode node, String path) throws BadPathException {
    if (node.kind() != NodeKind.LEAF_LIST) {
      throw new BadPathException(
          "'" + path + "': " + node.name().getLocalName() + " is no leaf-list");
    }
    return node;
  }

  private static SchemaNode key(SchemaNode list, String name, String path) throws BadPathException {
    for (QName key : list.keys()) {
      if (key.getLocalName().equals(name)) {
        return list.require(key);
      }
    }
    throw new BadPathException(
        "'" + path + "': '" + name + "' is no key of " + list.name().getLocalName());
  }

  private static SchemaNode child(
      SchemaNode parent, @Nullable String prefix, String name, String path)
      throws BadPathException {
    List<SchemaNode> found = new ArrayList<>();
    for (SchemaNode each : parent.namesakes(name)) {
      if (prefix == null
          ? parent.kind() != NodeKind.ROOT
              && each.name().getModule().equals(parent.name().getModule())
          : PathLiteral.isPrefix(prefix, each.tree(), each.name().getModule())) {
        found.add(each);
      }
    }
    if (found.isEmpty()) {
      throw new BadPathException(
          "'"
              + path
              + "': there is no node '"
              + (prefix == null ? "" : prefix + ":")
              + name
              + "'"
              + (prefix == null && !parent.namesakes(name).isEmpty()
                  ? " without prefix; put its module's name before it"
                  : ""));
    }
    return found.getFirst();
  }

  /// A path that names nothing.
  public static final class BadPathException extends Exception {
    private static final long serialVersionUID = 1L;

    BadPathException(String message) {
      super(message);
    }
  }
}
