package io.vireo.cli.schema;

import io.vireo.cli.schema.Style.Column;
import io.vireo.cli.schema.Style.Initial;
import io.vireo.cli.schema.Style.OutputStyle;
import io.vireo.cli.schema.Style.TableStyle;
import io.vireo.cli.schema.TextTemplate.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.model.api.meta.DeclaredStatement;
import org.opendaylight.yangtools.yang.model.api.meta.EffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.ModuleEffectiveStatement;
import org.opendaylight.yangtools.yang.model.api.stmt.UnrecognizedStatement;

/// Reads the `vireo-cli` statements of a context: those of `annotate` statements at the top of
/// modules, and those inside nodes. A statement that names what isn't there is left out and
/// complained about, so that a module too many doesn't take the command line away.
final class StyleReader {
  private static final String NAMESPACE = "urn:vireo:yang:vireo-cli";

  private final CliSchema schema;
  private final List<String> complaints;

  StyleReader(CliSchema schema, List<String> complaints) {
    this.schema = schema;
    this.complaints = complaints;
  }

  void read() {
    for (ModuleEffectiveStatement module : schema.model().getModuleStatements().values()) {
      DeclaredStatement<?> declared = module.getDeclared();
      if (declared == null) {
        continue;
      }
      PathText paths = new PathText(module);
      for (Statement statement : statementsOf(declared)) {
        if (statement.is("annotate")) {
          guarded(module, statement, () -> annotate(paths, statement));
        } else if (statement.is("form") || statement.is("table")) {
          guarded(
              module,
              statement,
              () -> schema.root().addStyle(style(paths, schema.root(), List.of(statement))));
        }
      }
    }
    readInline(schema.root());
    schema.rpcs().forEach(rpc -> readInline(rpc.input()));
  }

  private void guarded(ModuleEffectiveStatement module, Statement statement, Runnable reading) {
    try {
      reading.run();
    } catch (IllegalArgumentException e) {
      complaints.add(
          module.argument().getLocalName() + ": " + statement.argument + ": " + e.getMessage());
    }
  }

  /// Statements inside the nodes themselves.
  private void readInline(CliNode node) {
    for (CliNode child : node.children()) {
      EffectiveStatement<?, ?> effective = child.effective();
      DeclaredStatement<?> declared = effective == null ? null : effective.getDeclared();
      if (declared != null) {
        List<Statement> statements = statementsOf(declared);
        if (!statements.isEmpty()) {
          schema
              .model()
              .findModuleStatement(child.qname().getModule())
              .ifPresent(m ->
                  guarded(
                      m,
                      statements.getFirst(),
                      () -> child.addStyle(style(new PathText(m), child, statements))));
        }
      }
      readInline(child);
    }
  }

  private void annotate(PathText paths, Statement annotate) {
    String target = annotate.argument.strip();
    if (target.equals("/")) {
      schema.root().addStyle(style(paths, schema.root(), annotate.children));
      return;
    }
    List<String> steps = List.of(target.substring(1).split("/"));
    Optional<CliRpc> rpc =
        schema.rpcs().stream().filter(r -> paths.matches(r.qname(), steps.getFirst())).findFirst();
    if (steps.getFirst().endsWith(":*")) {
      Style style = style(paths, schema.root(), annotate.children);
      schema.rpcs().stream()
          .filter(r -> paths.inModule(r.qname(), steps.getFirst()))
          .forEach(r -> r.addStyle(style));
    } else if (rpc.isPresent() && steps.size() == 1) {
      rpc.get().addStyle(style(paths, rpc.get().output(), annotate.children));
    } else if (rpc.isPresent()) {
      CliNode operand = steps.get(1).endsWith("output") ? rpc.get().output() : rpc.get().input();
      CliNode node = paths.walk(operand, steps.subList(2, steps.size())).getLast();
      node.addStyle(style(paths, node, annotate.children));
    } else {
      CliNode node = paths.walk(schema.root(), steps).getLast();
      node.addStyle(style(paths, node, annotate.children));
    }
  }

  private Style style(PathText paths, CliNode node, List<Statement> statements) {
    List<String> keywords = new ArrayList<>();
    List<Initial> initials = new ArrayList<>();
    List<Form> forms = new ArrayList<>();
    List<TableStyle> tables = new ArrayList<>();
    List<OutputStyle> outputs = new ArrayList<>();
    boolean transparent = false;
    boolean hidden = false;
    boolean positional = false;
    boolean prose = false;
    boolean namesDevice = false;
    @Nullable String prompt = null;
    for (Statement s : statements) {
      switch (s.name) {
        case "keyword" -> keywords.add(s.argument);
        case "transparent" -> transparent = true;
        case "hidden" -> hidden = true;
        case "positional" -> positional = true;
        case "prose" -> prose = true;
        case "names-device" -> namesDevice = true;
        case "prompt" -> prompt = s.argument;
        case "initial" -> initials.add(initial(paths, node, s));
        case "form" -> forms.add(new FormReader(paths).read(node, s));
        case "table" -> tables.add(table(paths, node, s));
        case "output" -> outputs.add(output(paths, node, s));
        default -> throw new IllegalArgumentException("'" + s.name + "' can't stand here");
      }
    }
    return new Style(
        keywords,
        transparent,
        hidden,
        positional,
        prose,
        namesDevice,
        prompt,
        initials,
        forms,
        tables,
        outputs);
  }

  private static Initial initial(PathText paths, CliNode node, Statement s) {
    PathText.Assignment assignment = paths.assignment(node, s.argument);
    return new Initial(
        assignment.steps().getLast(), assignment.value(), s.child("matching").orElse(null));
  }

  private static TableStyle table(PathText paths, CliNode node, Statement s) {
    List<CliNode> rows = paths.walk(node, s.require("row"));
    List<Column> columns = new ArrayList<>();
    s.forEach(
        "column",
        c ->
            columns.add(
                new Column(c.argument, c.child("right").isPresent(), texts(paths, rows, c))));
    Condition onlyIf =
        s.child("only-if").map(text -> paths.condition(rows.getLast(), text)).orElse(null);
    return new TableStyle(List.of(s.argument.strip().split("\\s+")), rows, onlyIf, columns);
  }

  private static OutputStyle output(PathText paths, CliNode node, Statement s) {
    List<CliNode> rows = paths.walk(node, s.argument);
    return new OutputStyle(rows, texts(paths, rows, s));
  }

  private static List<TextTemplate> texts(PathText paths, List<CliNode> rows, Statement s) {
    List<TextTemplate> texts = new ArrayList<>();
    s.forEach(
        "text",
        t ->
            texts.add(paths.template(rows.getLast(), t.argument, t.child("only-if").orElse(null))));
    return texts;
  }

  private static List<Statement> statementsOf(DeclaredStatement<?> declared) {
    List<Statement> found = new ArrayList<>();
    for (DeclaredStatement<?> sub : declared.declaredSubstatements()) {
      if (sub instanceof UnrecognizedStatement unrecognized
          && unrecognized
              .statementDefinition()
              .getStatementName()
              .getNamespace()
              .toString()
              .equals(NAMESPACE)) {
        found.add(
            new Statement(
                unrecognized.statementDefinition().getStatementName().getLocalName(),
                unrecognized.rawArgument() == null ? "" : unrecognized.rawArgument(),
                statementsOf(unrecognized)));
      }
    }
    return found;
  }

  /// One `vireo-cli` statement.
  record Statement(String name, String argument, List<Statement> children) {
    boolean is(String other) {
      return name.equals(other);
    }

    Optional<String> child(String wanted) {
      return children.stream().filter(c -> c.is(wanted)).map(Statement::argument).findFirst();
    }

    String require(String wanted) {
      return child(wanted)
          .orElseThrow(
              () -> new IllegalArgumentException("'" + name + "' needs a '" + wanted + "'"));
    }

    void forEach(String wanted, Consumer<Statement> consumer) {
      children.stream().filter(c -> c.is(wanted)).forEach(consumer);
    }
  }
}
