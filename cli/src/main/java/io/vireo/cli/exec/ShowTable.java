package io.vireo.cli.exec;

import io.vireo.cli.schema.Style.Column;
import io.vireo.cli.schema.Style.TableStyle;
import io.vireo.cli.schema.TextTemplate.Condition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;

/// Prints a table. Data may be added page by page; a column is as wide as its widest cell.
public final class ShowTable {
  private static final String GAP = "  ";

  private final TableStyle style;
  private final List<List<String>> lines = new ArrayList<>();

  public ShowTable(TableStyle style) {
    this.style = style;
  }

  /// Adds the rows in a tree.
  public void add(NormalizedNode root) {
    for (Rows.Row row : Rows.of(root, style.rows())) {
      Condition onlyIf = style.onlyIf();
      if (onlyIf != null && !Rows.holds(row, onlyIf)) {
        continue;
      }
      List<List<String>> cells = new ArrayList<>();
      int height = 1;
      for (Column column : style.columns()) {
        List<String> cell = Rows.text(row, column.texts());
        cells.add(cell);
        height = Math.max(height, cell.size());
      }
      for (int i = 0; i < height; i++) {
        List<String> line = new ArrayList<>();
        for (List<String> cell : cells) {
          line.add(i < cell.size() ? cell.get(i) : "");
        }
        lines.add(line);
      }
    }
  }

  /// Prints heading and rows.
  public void print(Output out) {
    List<String> heading = style.columns().stream().map(Column::heading).toList();
    List<Integer> widths = new ArrayList<>(Collections.nCopies(heading.size(), 0));
    List<List<String>> all = new ArrayList<>();
    all.add(heading);
    all.addAll(lines);
    for (List<String> line : all) {
      for (int c = 0; c < line.size(); c++) {
        widths.set(c, Math.max(widths.get(c), line.get(c).length()));
      }
    }
    for (List<String> line : all) {
      StringBuilder text = new StringBuilder();
      for (int c = 0; c < line.size(); c++) {
        String cell = line.get(c);
        String pad = " ".repeat(widths.get(c) - cell.length());
        text.append(c == 0 ? "" : GAP)
            .append(style.columns().get(c).right() ? pad + cell : cell + pad);
      }
      out.line(text.toString().stripTrailing());
    }
  }
}
