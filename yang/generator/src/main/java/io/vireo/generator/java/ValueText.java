package io.vireo.generator.java;

import io.vireo.generator.model.ClassModel.PatternRule;
import io.vireo.generator.model.ClassModel.ValueClass;
import io.vireo.generator.model.LeafType;
import io.vireo.generator.model.Literals;
import java.util.ArrayList;
import java.util.List;

/// Prints the record of a restricted typedef.
final class ValueText {
  private ValueText() {}

  static void print(SourceText out, ValueClass model, String modifiers) {
    String name = model.scope().simpleName();
    LeafType base = model.base();
    String check = model.check();
    out.doc(model.doc());
    out.line(modifiers + " record " + name + "(" + base.type() + " value) {");
    if (check != null) {
      out.line("public " + name + " {");
      out.line(
          "Restrictions.require("
              + LeafType.fill(check, "value")
              + ", \""
              + name
              + "\", value, \""
              + model.restriction()
              + "\");");
      out.line("}");
      out.blank();
    }
    printAccepts(out, model);
    out.blank();
    out.line("public static " + name + " read(CborReader in) throws CborException {");
    if (check != null) {
      out.line("try {");
    }
    out.line("return new " + name + "(" + base.read() + ");");
    if (check != null) {
      out.line("} catch (IllegalArgumentException e) {");
      out.line("throw in.fail(CborException.Reason.OUT_OF_RANGE, String.valueOf(e.getMessage()));");
      out.line("}");
    }
    out.line("}");
    out.blank();
    out.line("public void write(CborWriter out) {");
    out.line(base.write("value") + ";");
    out.line("}");
    out.blank();
    out.doc("The bare value.");
    out.line("@Override");
    out.line("public String toString() {");
    out.line("return String.valueOf(value);");
    out.line("}");
    out.line("}");
  }

  private static void printAccepts(SourceText out, ValueClass model) {
    List<String> conditions = new ArrayList<>();
    String raw =
        switch (model.base().kind()) {
          case SIGNED, UNSIGNED, UNSIGNED64 -> "long";
          case TEXT -> "String";
          case BYTES -> "Bytes";
          case DECIMAL -> "BigDecimal";
          case BOOLEAN, EMPTY, BITS, ENUMERATION, IDENTITY, INSTANCE_ID ->
              throw new IllegalStateException("no restrictions on " + model);
        };
    String check = model.check();
    if (check != null) {
      conditions.add(LeafType.fill(check, "raw"));
    }
    for (PatternRule pattern : model.patterns()) {
      conditions.add(
          (pattern.inverted() ? "!" : "")
              + "Restrictions.matches(raw, "
              + Literals.string(pattern.regex())
              + ")");
    }
    out.doc("Whether `raw` is a value of this type, its patterns included.");
    out.line("public static boolean accepts(" + raw + " raw) {");
    out.line("return " + (conditions.isEmpty() ? "true" : String.join(" && ", conditions)) + ";");
    out.line("}");
  }
}
