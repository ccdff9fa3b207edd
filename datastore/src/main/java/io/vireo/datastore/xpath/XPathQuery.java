package io.vireo.datastore.xpath;

import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.Trees;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaTree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.common.XMLNamespace;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.model.api.Module;

/// A client's expression that selects nodes (RFC 6241 §8.9), over the device's tree with the
/// virtual routers' in their places. Defaults that nobody has set are not there unless the tree has
/// them. Any thread.
public final class XPathQuery {
  /// What one query may cost: some seconds.
  private static final long VISITS = 5_000_000;

  private static final long TIME_NS = 10_000_000_000L;
  private static final QNameModule NOBODYS = QNameModule.of(XMLNamespace.of("urn:vireo:nobody"));

  private final SchemaTree device;
  private final SchemaTree router;
  private final Expression expression;

  /// A node that was selected.
  ///
  /// @param path in its tree; empty: the tree's root
  public record Selected(TreeId tree, YangInstanceIdentifier path) {}

  /// What a query found.
  ///
  /// @param visits how many nodes were looked at
  public record Answer(List<Selected> nodes, long visits) {}

  private XPathQuery(SchemaTree device, SchemaTree router, Expression expression) {
    this.device = device;
    this.router = router;
    this.expression = expression;
  }

  /// Compiles an expression.
  ///
  /// @param namespaceOf what prefixes stand for; null: nothing
  /// @throws XPathFault it can't be read
  public static XPathQuery of(
      SchemaTree device,
      SchemaTree router,
      String text,
      Function<String, @Nullable String> namespaceOf) {
    Expression expression =
        ExpressionParser.of(
            text,
            prefix -> {
              String namespace = namespaceOf.apply(prefix);
              return namespace == null ? null : module(device, router, namespace);
            },
            null);
    return new XPathQuery(device, router, expression);
  }

  // Of a namespace that no module has there are no nodes.
  private static QNameModule module(SchemaTree device, SchemaTree router, String namespace) {
    XMLNamespace wanted;
    try {
      wanted = XMLNamespace.of(namespace);
    } catch (IllegalArgumentException e) {
      return NOBODYS; // no URI: no module has it
    }
    for (SchemaTree tree : List.of(device, router)) {
      for (Module module : tree.context().model().findModules(wanted)) {
        return module.getQNameModule();
      }
    }
    return QNameModule.of(wanted);
  }

  /// What has to be read at all.
  public Selection selection() {
    return QueryScope.of(expression, device, router);
  }

  /// Evaluates the expression from the root.
  ///
  /// @throws XPathFault it gives no nodes, or takes too long
  public Answer ask(Trees trees) {
    AccessibleTree tree =
        new AccessibleTree(
            device,
            trees.device(),
            (parent, leaf) -> false,
            new AccessibleTree.Mounts(router, trees.routers()));
    Evaluator evaluator = new Evaluator(new LeafReferences(), VISITS, TIME_NS);
    List<Selected> found = new ArrayList<>();
    for (DataNode node : Evaluator.nodes(evaluator.evaluate(expression, tree.root()))) {
      found.add(new Selected(treeOf(node), node.path()));
    }
    return new Answer(List.copyOf(found), evaluator.visits());
  }

  private static TreeId treeOf(DataNode node) {
    DataNode entry = node.top().parent();
    return entry != null && entry.name() instanceof NodeIdentifierWithPredicates keys
        ? new TreeId.Router(String.valueOf(keys.values().iterator().next()))
        : TreeId.DEVICE;
  }
}
