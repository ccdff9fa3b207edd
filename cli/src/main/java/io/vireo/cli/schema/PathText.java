package io.vireo.cli.schema;

import io.vireo.cli.schema.TextTemplate.Condition;
import io.vireo.cli.schema.TextTemplate.Conversion;
import io.vireo.cli.schema.TextTemplate.LeafReference;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.model.api.stmt.ModuleEffectiveStatement;

/// Resolves the paths of `vireo-cli` statements with the prefixes of the module that they stand in.
/// A step without a prefix is the only child of that name.
final class PathText {
  private final ModuleEffectiveStatement module;

  PathText(ModuleEffectiveStatement module) {
    this.module = module;
  }

  /// Leaf and value of `LEAF=VALUE`.
  record Assignment(List<CliNode> steps, Object value) {}

  /// Whether a step names the node.
  boolean matches(QName node, String step) {
    int colon = step.indexOf(':');
    return node.getLocalName().equals(step.substring(colon + 1))
        && (colon < 0 || node.getModule().equals(moduleOf(step.substring(0, colon))));
  }

  /// Whether a step's prefix is the node's module.
  boolean inModule(QName node, String step) {
    return node.getModule().equals(moduleOf(step.substring(0, step.indexOf(':'))));
  }

  private QNameModule moduleOf(String prefix) {
    return module
        .findReachableModule(prefix)
        .map(ModuleEffectiveStatement::localQNameModule)
        .orElseThrow(() -> new IllegalArgumentException("no module has the prefix " + prefix));
  }

  /// The nodes that a relative path steps through.
  List<CliNode> walk(CliNode from, String path) {
    return walk(from, List.of(path.strip().split("/")));
  }

  List<CliNode> walk(CliNode from, List<String> steps) {
    List<CliNode> nodes = new ArrayList<>();
    CliNode node = from;
    for (String step : steps) {
      node = child(node, step);
      nodes.add(node);
    }
    return nodes;
  }

  CliNode child(CliNode parent, String step) {
    int colon = step.indexOf(':');
    return (colon < 0
            ? parent.child(step)
            : parent.child(
                QName.create(moduleOf(step.substring(0, colon)), step.substring(colon + 1))))
        .orElseThrow(
            () -> new IllegalArgumentException("no single node '" + step + "' in " + parent));
  }

  /// Reads `LEAF=VALUE`; a prefix of an identity is this module's.
  Assignment assignment(CliNode from, String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("'" + text + "' is no LEAF=VALUE");
    }
    List<CliNode> steps = walk(from, text.substring(0, equals));
    return new Assignment(steps, value(steps.getLast(), text.substring(equals + 1)));
  }

  /// A value in a statement: prefixes in it are this module's.
  Object value(CliNode leaf, String text) {
    int colon = text.indexOf(':');
    if (colon > 0 && ValueText.isIdentity(leaf)) {
      return ValueText.identity(
          leaf, QName.create(moduleOf(text.substring(0, colon)), text.substring(colon + 1)));
    }
    try {
      return ValueText.parse(leaf, text);
    } catch (BadValueException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /// Reads text with `{path}` in it.
  TextTemplate template(CliNode row, String text, @Nullable String onlyIf) {
    List<String> texts = new ArrayList<>();
    List<LeafReference> leaves = new ArrayList<>();
    int at = 0;
    for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', at)) {
      int close = text.indexOf('}', open);
      if (close < 0) {
        throw new IllegalArgumentException("'{' without '}' in '" + text + "'");
      }
      texts.add(text.substring(at, open));
      leaves.add(reference(row, text.substring(open + 1, close)));
      at = close + 1;
    }
    texts.add(text.substring(at));
    return new TextTemplate(texts, leaves, onlyIf == null ? null : condition(row, onlyIf));
  }

  Condition condition(CliNode row, String text) {
    int equals = text.indexOf('=');
    if (equals < 0) {
      return new Condition(reference(row, text), null);
    }
    return new Condition(reference(row, text.substring(0, equals)), text.substring(equals + 1));
  }

  private LeafReference reference(CliNode row, String text) {
    String path = text;
    Conversion conversion = Conversion.NONE;
    if (path.endsWith("|ms")) {
      path = path.substring(0, path.length() - 3);
      conversion = Conversion.MILLISECONDS;
    }
    CliNode from = row;
    int up = 0;
    while (path.startsWith("../")) {
      path = path.substring(3);
      up++;
      CliNode parent = from.parent();
      if (parent == null) {
        throw new IllegalArgumentException("'" + text + "' leads above the root");
      }
      from = parent;
    }
    return new LeafReference(up, walk(from, path), conversion);
  }
}
