package io.vireo.cli;

import io.vireo.cli.config.ConfigPrinter;
import io.vireo.cli.config.LineDifference;
import io.vireo.cli.config.Schemas;
import io.vireo.cli.exec.Filter;
import io.vireo.cli.exec.Output;
import io.vireo.cli.exec.ShowTable;
import io.vireo.cli.exec.StatePrinter;
import io.vireo.cli.schema.CliNode;
import io.vireo.cli.schema.DataPath;
import io.vireo.cli.schema.Style.TableStyle;
import io.vireo.datastore.api.CommitInfo;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.SessionInfo;
import io.vireo.datastore.api.Trees;
import io.vireo.schema.edit.TreeId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// What can be shown of the datastores: configuration, changes, tables, any data.
final class Shows {
  private static final int COMMITS = 100;

  private final ManagementSession session;
  private final Schemas schemas;

  Shows(ManagementSession session, Schemas schemas) {
    this.session = session;
    this.schemas = schemas;
  }

  /// A step that prints.
  @FunctionalInterface
  interface Printing {
    void to(Output out) throws ManagementException, InterruptedException;
  }

  /// Prints through filters.
  void filtered(List<Filter> filters, Output out, Printing printing)
      throws ManagementException, InterruptedException {
    if (filters.isEmpty()) {
      printing.to(out);
      return;
    }
    List<String> lines = new ArrayList<>();
    printing.to(lines::add);
    Filter.apply(lines, filters).forEach(out::line);
  }

  /// Configuration as lines.
  void configuration(Datastore datastore, TreeId tree, Output out)
      throws ManagementException, InterruptedException {
    ConfigPrinter.print(schemas, Reading.configuration(session, datastore), tree)
        .forEach(out::line);
  }

  void printChanges(TreeId tree, Output out) throws ManagementException, InterruptedException {
    changes(tree).forEach(out::line);
  }

  /// What a commit would change.
  List<String> changes(TreeId tree) throws ManagementException, InterruptedException {
    return LineDifference.of(
        ConfigPrinter.print(schemas, Reading.configuration(session, Datastore.RUNNING), tree),
        ConfigPrinter.print(schemas, Reading.configuration(session, Datastore.CANDIDATE), tree));
  }

  /// The commits that are kept, newest first.
  void commits(Output out) throws ManagementException, InterruptedException {
    for (CommitInfo commit : Reading.await(session.history(COMMITS))) {
      String comment = commit.comment();
      out.line(
          String.format(
                  "%6d  %-20s  %-16s  %-8s  %s",
                  commit.transaction(),
                  commit.time().truncatedTo(ChronoUnit.SECONDS),
                  commit.user(),
                  commit.door(),
                  comment == null ? "" : comment)
              .stripTrailing());
    }
  }

  /// What was changed of what is in force since a commit.
  List<String> since(long commit, TreeId tree) throws ManagementException, InterruptedException {
    return LineDifference.of(
        ConfigPrinter.print(schemas, Reading.await(session.configurationAfter(commit)), tree),
        ConfigPrinter.print(schemas, Reading.configuration(session, Datastore.RUNNING), tree));
  }

  void sessions(Output out) throws ManagementException, InterruptedException {
    for (SessionInfo info : Reading.await(session.sessions())) {
      out.line(
          String.format(
              "%5d  %-16s  %-8s  %-24s  %s",
              info.id(),
              info.caller().user(),
              info.caller().door(),
              info.caller().remote(),
              info.loginTime()));
    }
  }

  /// Shows a table of some trees.
  ///
  /// @param trees null: of all virtual routers
  void table(TableStyle table, @Nullable List<TreeId> trees, List<Filter> filters, Output out)
      throws ManagementException, InterruptedException {
    filtered(
        filters,
        out,
        to -> {
          if (trees != null) {
            for (TreeId tree : trees) {
              oneTable(table, tree, to);
            }
            return;
          }
          for (String name : Reading.configuration(session, Datastore.RUNNING).routers().keySet()) {
            TreeId tree = new TreeId.Router(name);
            to.line(tree + ":");
            oneTable(table, tree, to);
            to.line("");
          }
        });
  }

  private void oneTable(TableStyle table, TreeId tree, Output out)
      throws ManagementException, InterruptedException {
    ShowTable shown = new ShowTable(table);
    Reading.Answer answer =
        Reading.read(
            session, Datastore.OPERATIONAL, selection(tree, table.rows().getFirst().qname()));
    for (Trees page : answer.pages()) {
      NormalizedNode root = root(page, tree);
      if (root != null) {
        shown.add(root);
      }
    }
    shown.print(out);
    answer.warnings().forEach(w -> out.line("% warning: " + w));
  }

  private static Selection selection(TreeId tree, QName top) {
    return switch (tree) {
      case TreeId.Device() -> new Selection(Set.of(top), Set.of(), Set.of());
      case TreeId.Router(String name) -> Selection.ofRouter(name, Set.of(top));
    };
  }

  private static @Nullable ContainerNode root(Trees trees, TreeId tree) {
    return switch (tree) {
      case TreeId.Device() -> trees.device();
      case TreeId.Router(String name) -> trees.routers().get(name);
    };
  }

  /// Any data, by rule.
  void state(TreeId tree, DataPath path, Output out)
      throws ManagementException, InterruptedException {
    CliNode node = path.last().node();
    Reading.Answer answer =
        Reading.read(
            session,
            Datastore.OPERATIONAL,
            selection(tree, path.steps().getFirst().node().qname()));
    StatePrinter printer = new StatePrinter(out);
    for (Trees page : answer.pages()) {
      ContainerNode root = root(page, tree);
      if (node.kind() == CliNode.Kind.LIST && path.last().keys().isEmpty()) {
        (path.steps().size() == 1
                ? Optional.<NormalizedNode>ofNullable(root)
                : path.parent().find(root))
            .ifPresent(parent -> printer.printEntries(node, parent, ""));
      } else {
        path.find(root).ifPresent(data -> printer.print(node, data, ""));
      }
    }
    answer.warnings().forEach(w -> out.line("% warning: " + w));
  }
}
