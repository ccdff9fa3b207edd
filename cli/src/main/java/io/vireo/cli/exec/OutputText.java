package io.vireo.cli.exec;

import io.vireo.cli.schema.CliRpc;
import io.vireo.cli.schema.Style.OutputStyle;
import java.util.List;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Prints an RPC's outputs as they come.
public final class OutputText {
  private OutputText() {}

  /// Prints one output: by its `output` statements, or by rule where there are none.
  public static void print(CliRpc rpc, ContainerNode output, Output out) {
    List<OutputStyle> styles = rpc.style().outputs();
    if (styles.isEmpty()) {
      new StatePrinter(out).print(rpc.output(), output, "");
      return;
    }
    for (OutputStyle style : styles) {
      for (Rows.Row row : Rows.of(output, style.rows())) {
        Rows.text(row, style.texts()).forEach(out::line);
      }
    }
  }
}
