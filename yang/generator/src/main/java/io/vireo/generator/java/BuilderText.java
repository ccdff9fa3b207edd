package io.vireo.generator.java;

import io.vireo.generator.model.ClassModel.RecordClass;
import io.vireo.generator.model.Field;
import java.util.ArrayList;
import java.util.List;

/// Prints the builder of a record with many components.
final class BuilderText {
  /// A record with more components than this gets a builder.
  private static final int FEW = 6;

  private BuilderText() {}

  static void print(SourceText out, RecordClass record) {
    if (record.fields().size() <= FEW) {
      return;
    }
    String name = record.scope().simpleName();
    out.blank();
    out.doc("A builder with nothing set.");
    out.line("public static Builder builder() {");
    out.line("return new Builder();");
    out.line("}");
    out.blank();
    out.doc("Collects the components of a record that has many; not for use by several threads.");
    out.line("public static final class Builder {");
    List<String> arguments = new ArrayList<>();
    for (Field field : record.fields()) {
      String variable = FieldText.variable(field);
      boolean isNullable = FieldText.initial(field).equals("null");
      out.line(
          "private "
              + (isNullable ? FieldText.nullable(variable) : variable)
              + " "
              + field.name()
              + (isNullable ? ";" : " = " + FieldText.initial(field) + ";"));
      boolean required = field instanceof Field.Leaf leaf && leaf.required() && !leaf.isFlag();
      arguments.add(
          required
              ? "Objects.requireNonNull(" + field.name() + ", \"" + field.name() + "\")"
              : field.name());
    }
    out.blank();
    out.line("private Builder() {}");
    for (Field field : record.fields()) {
      out.blank();
      out.line(
          "public Builder "
              + field.name()
              + "("
              + FieldText.component(field)
              + " "
              + field.name()
              + ") {");
      out.line("this." + field.name() + " = " + field.name() + ";");
      out.line("return this;");
      out.line("}");
    }
    out.blank();
    out.line("public " + name + " build() {");
    out.list("return new " + name, arguments, ";");
    out.line("}");
    out.line("}");
  }
}
