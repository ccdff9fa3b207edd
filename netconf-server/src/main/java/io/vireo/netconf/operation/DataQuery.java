package io.vireo.netconf.operation;

import io.vireo.datastore.api.DataPage;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.Trees;
import io.vireo.netconf.filter.DataFilter;
import io.vireo.netconf.filter.Depth;
import io.vireo.netconf.filter.NodeSieve;
import io.vireo.netconf.xml.TreePages;
import io.vireo.schema.edit.TreeId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import org.jspecify.annotations.Nullable;

/// What a client wants to read, of `get`, `get-config` and `get-data`.
final class DataQuery {
  final Datastore datastore;
  DataFilter filter = DataFilter.ALL;
  DefaultsMode defaults = DefaultsMode.EXPLICIT;
  int depth = Depth.UNBOUNDED;
  boolean withOrigin;

  /// Whether only nodes of configuration, or only those of state, are wanted; null: both.
  @Nullable Boolean config;

  @Nullable OriginFilter origins;

  DataQuery(Datastore datastore) {
    this.datastore = datastore;
  }

  /// What came of it.
  record Answer(Trees trees, DataMarks marks, List<String> warnings) {}

  Answer ask(ManagementSession session, DataXml data) throws ManagementException, IOException {
    List<DataPage> pages = new ArrayList<>();
    List<String> warnings =
        Waiting.on(session.read(datastore, filter.selection(), defaults.shown(), pages::add));
    Trees trees = TreePages.merge(pages.stream().map(DataPage::trees).toList());
    // Each tree is of one page: the device's of the first.
    DataPage.Origins told =
        (tree, path, node) -> pageOf(tree, pages).origins().of(tree, path, node);
    trees = filter.apply(trees, depth);
    if (config != null || origins != null) {
      trees = data.sieve(test(told)).apply(trees);
    }
    DataPage.Implied implied =
        (tree, path) -> pages.stream().anyMatch(page -> page.implied().test(tree, path));
    boolean tagged = defaults == DefaultsMode.REPORT_ALL_TAGGED;
    return new Answer(
        trees, new DataMarks(tagged ? implied : null, withOrigin ? told : null), warnings);
  }

  private static DataPage pageOf(TreeId tree, List<DataPage> pages) {
    if (tree instanceof TreeId.Router(String name)) {
      for (DataPage page : pages) {
        if (page.trees().routers().containsKey(name)) {
          return page;
        }
      }
    }
    return pages.getFirst();
  }

  void write(XMLStreamWriter xml, DataXml data, Answer answer) throws XMLStreamException {
    if (withOrigin || defaults == DefaultsMode.REPORT_ALL_TAGGED) {
      data.write(xml, answer.trees(), answer.marks());
    } else {
      data.write(xml, answer.trees());
    }
  }

  private NodeSieve.Test test(DataPage.Origins told) {
    Boolean wanted = config;
    OriginFilter filtered = origins;
    return (tree, schema, path, node) -> {
      if (!schema.isConfig()) {
        return Boolean.TRUE.equals(wanted) ? NodeSieve.Verdict.NOTHING : NodeSieve.Verdict.WHOLE;
      }
      boolean passes =
          !Boolean.FALSE.equals(wanted)
              && (filtered == null || filtered.passes(told.of(tree, path, node)));
      return passes ? NodeSieve.Verdict.PASSES : NodeSieve.Verdict.NOT_ITSELF;
    };
  }
}
