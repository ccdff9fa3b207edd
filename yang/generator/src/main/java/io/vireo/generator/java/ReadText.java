package io.vireo.generator.java;

import io.vireo.generator.model.ClassModel.RecordClass;
import io.vireo.generator.model.Field;
import java.util.ArrayList;
import java.util.List;

/// Prints the `read` method of a record. The fields of choices are flat in the record's map: they
/// are read into variables of their own, and cases are made of those at the end.
final class ReadText {
  private final SourceText out;

  private ReadText(SourceText out) {
    this.out = out;
  }

  static void print(SourceText out, RecordClass record) {
    new ReadText(out).print(record);
  }

  private void print(RecordClass record) {
    String name = record.scope().simpleName();
    out.blank();
    out.doc("Reads the map of this node; what it does not know is passed over.");
    out.line("public static " + name + " read(CborReader in) throws CborException {");
    declare(record.fields(), "");
    out.line("in.startMap();");
    out.line("while (in.more()) {");
    out.line("switch (in.readSidDelta(SID)) {");
    printCases(record.fields(), "", "");
    out.line("default -> in.skipValue();");
    out.line("}");
    out.line("}");
    for (Field field : record.fields()) {
      if (field instanceof Field.Leaf leaf && leaf.required() && !leaf.isFlag()) {
        out.line("if (" + leaf.name() + " == null) {");
        out.line(
            "throw in.fail(CborException.Reason.MISSING, \"no "
                + leaf.name()
                + " in "
                + name
                + "\");");
        out.line("}");
      }
    }
    boolean mayRefuse = FieldText.mayRefuse(record.fields());
    if (mayRefuse) {
      out.line("try {");
    }
    printChoices(record.fields(), "");
    out.list("return new " + name, variables(record.fields(), ""), ";");
    if (mayRefuse) {
      out.line("} catch (IllegalArgumentException e) {");
      out.line("throw in.fail(CborException.Reason.OUT_OF_RANGE, String.valueOf(e.getMessage()));");
      out.line("}");
    }
    out.line("}");
  }

  private void declare(List<Field> fields, String prefix) {
    for (Field field : fields) {
      if (field instanceof Field.Choice choice) {
        for (Field.Case alternative : choice.cases()) {
          declare(alternative.fields(), casePrefix(prefix, choice, alternative));
        }
      } else {
        out.line(
            FieldText.variable(field)
                + " "
                + prefix
                + field.name()
                + " = "
                + FieldText.initial(field)
                + ";");
      }
    }
  }

  private void printCases(List<Field> fields, String prefix, String owner) {
    for (Field field : fields) {
      String variable = prefix + field.name();
      String label = "case " + owner + FieldText.deltaName(field) + " -> ";
      switch (field) {
        case Field.Leaf leaf when leaf.isFlag() -> {
          out.line(label + "{");
          out.line("in.readNull();");
          out.line(variable + " = true;");
          out.line("}");
        }
        case Field.Leaf leaf -> out.line(label + variable + " = " + leaf.type().read() + ";");
        case Field.Container container ->
            out.line(label + variable + " = " + container.type() + ".read(in);");
        case Field.Any _ -> out.line(label + variable + " = in.readRaw();");
        case Field.LeafList list ->
            printArray(label, variable, list.type().boxed(), list.type().read());
        case Field.Entries entries ->
            printArray(label, variable, entries.type(), entries.type() + ".read(in)");
        case Field.Choice choice -> {
          for (Field.Case alternative : choice.cases()) {
            printCases(
                alternative.fields(),
                casePrefix(prefix, choice, alternative),
                alternative.type() + ".");
          }
        }
      }
    }
  }

  private void printArray(String label, String variable, String type, String read) {
    out.line(label + "{");
    out.line("List<" + type + "> all_ = new ArrayList<>();");
    out.line("in.startArray();");
    out.line("while (in.more()) {");
    out.line("all_.add(" + read + ");");
    out.line("}");
    out.line(variable + " = all_;");
    out.line("}");
  }

  /// Makes the variable of each choice, inner ones first.
  private void printChoices(List<Field> fields, String prefix) {
    for (Field field : fields) {
      if (!(field instanceof Field.Choice choice)) {
        continue;
      }
      for (Field.Case alternative : choice.cases()) {
        printChoices(alternative.fields(), casePrefix(prefix, choice, alternative));
      }
      String variable = prefix + choice.name();
      out.line(choice.type() + " " + variable + " = null;");
      for (Field.Case alternative : choice.cases()) {
        if (alternative.fields().isEmpty()) {
          continue;
        }
        String casePrefix = casePrefix(prefix, choice, alternative);
        List<String> present = new ArrayList<>();
        alternative.fields().forEach(f -> present.add(FieldText.present(f, casePrefix + f.name())));
        out.line("if (" + String.join(" || ", present) + ") {");
        out.list(
            variable + " = new " + alternative.type(),
            variables(alternative.fields(), casePrefix),
            ";");
        out.line("}");
      }
    }
  }

  private static List<String> variables(List<Field> fields, String prefix) {
    List<String> variables = new ArrayList<>();
    fields.forEach(field -> variables.add(prefix + field.name()));
    return variables;
  }

  private static String casePrefix(String prefix, Field.Choice choice, Field.Case alternative) {
    String type = alternative.type();
    return prefix + choice.name() + "_" + type.substring(type.lastIndexOf('.') + 1) + "_";
  }
}
