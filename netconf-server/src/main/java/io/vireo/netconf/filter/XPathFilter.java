package io.vireo.netconf.filter;

import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.xpath.XPathFault;
import io.vireo.datastore.xpath.XPathQuery;
import io.vireo.netconf.rpc.RpcErrors;
import io.vireo.schema.node.SchemaTree;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A filter that is an XPath expression (RFC 6241 §8.9): the nodes that it gives, with all below
/// them, and with the nodes above them and their keys.
public final class XPathFilter implements DataFilter {
  private final XPathQuery query;
  private final Excerpt excerpt;

  private XPathFilter(XPathQuery query, Excerpt excerpt) {
    this.query = query;
    this.excerpt = excerpt;
  }

  /// Compiles an expression.
  ///
  /// @param namespaceOf what prefixes stand for; null: nothing
  public static XPathFilter of(
      SchemaTree device,
      SchemaTree router,
      String text,
      Function<String, @Nullable String> namespaceOf)
      throws ManagementException {
    try {
      return new XPathFilter(XPathQuery.of(device, router, text, namespaceOf), new Excerpt(device));
    } catch (XPathFault e) {
      throw refusal(e);
    }
  }

  @Override
  public Selection selection() {
    return query.selection();
  }

  @Override
  public Trees apply(Trees trees, int depth) throws ManagementException {
    try {
      return excerpt.of(trees, query.ask(trees).nodes(), depth);
    } catch (XPathFault e) {
      throw refusal(e);
    }
  }

  // RFC 6241 §8.9.5: what gives no nodes is an invalid value.
  private static ManagementException refusal(XPathFault e) {
    return RpcErrors.invalidValue("the filter's expression: " + e.getMessage());
  }
}
