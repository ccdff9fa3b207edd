package io.vireo.generator.java;

import io.vireo.generator.model.ClassModel.BitsClass;
import io.vireo.generator.model.ClassModel.EnumClass;
import io.vireo.generator.model.ClassModel.EnumConstant;
import io.vireo.generator.model.ClassModel.IdentityClass;
import io.vireo.generator.model.ClassModel.IdentityConstant;
import io.vireo.generator.model.JavaNames;
import io.vireo.generator.model.Literals;
import java.util.List;
import java.util.stream.Collectors;

/// Prints enumerations, bits and identities.
final class EnumText {
  private EnumText() {}

  static void print(SourceText out, EnumClass model, String modifiers) {
    String name = model.scope().simpleName();
    out.doc(model.doc());
    out.line(modifiers + " enum " + name + " {");
    List<EnumConstant> constants = model.constants();
    for (int i = 0; i < constants.size(); i++) {
      EnumConstant c = constants.get(i);
      printDoc(out, c.doc());
      out.line(
          c.name()
              + "("
              + c.value()
              + ", "
              + Literals.string(c.yangName())
              + ")"
              + (i + 1 < constants.size() ? "," : ";"));
    }
    out.blank();
    out.line("private final int value;");
    out.line("private final String yangName;");
    out.blank();
    out.line(name + "(int value, String yangName) {");
    out.line("this.value = value;");
    out.line("this.yangName = yangName;");
    out.line("}");
    accessor(out, "The value on the wire (RFC 9254 §6.6).", "int", "value");
    accessor(out, "The name in YANG.", "String", "yangName");
    printLookups(out, name, constants);
    out.blank();
    out.line("public static " + name + " read(CborReader in) throws CborException {");
    out.line("int number = in.readInt(Integer.MIN_VALUE, Integer.MAX_VALUE);");
    out.line(name + " found = lookup(number);");
    out.line("if (found == null) {");
    out.line(
        "throw in.fail(CborException.Reason.OUT_OF_RANGE, number + \" is no value of "
            + name
            + "\");");
    out.line("}");
    out.line("return found;");
    out.line("}");
    out.blank();
    out.line("public void write(CborWriter out) {");
    out.line("out.writeLong(value);");
    out.line("}");
    out.line("}");
  }

  private static void printLookups(SourceText out, String name, List<EnumConstant> constants) {
    out.blank();
    out.doc("The constant with `value`, null when there is none.");
    out.line("public static @Nullable " + name + " lookup(int value) {");
    out.line("return switch (value) {");
    constants.forEach(c -> out.line("case " + c.value() + " -> " + c.name() + ";"));
    out.line("default -> null;");
    out.line("};");
    out.line("}");
    out.blank();
    out.doc("The constant that YANG calls `yangName`, null when there is none.");
    out.line("public static @Nullable " + name + " lookup(String yangName) {");
    out.line("return switch (yangName) {");
    constants.forEach(
        c -> out.line("case " + Literals.string(c.yangName()) + " -> " + c.name() + ";"));
    out.line("default -> null;");
    out.line("};");
    out.line("}");
    out.blank();
    out.doc("The constant that YANG calls `yangName`.");
    out.line("public static " + name + " require(String yangName) {");
    out.line("return Objects.requireNonNull(lookup(yangName), yangName);");
    out.line("}");
  }

  static void print(SourceText out, BitsClass model, String modifiers) {
    String name = model.scope().simpleName();
    String known = model.bits().stream().map(EnumConstant::name).collect(Collectors.joining(" | "));
    out.doc(model.doc() + "\n\n@param bits the bits that are set; `ALL` are defined");
    out.line(modifiers + " record " + name + "(long bits) {");
    for (EnumConstant bit : model.bits()) {
      printDoc(out, bit.doc());
      out.line("public static final long " + bit.name() + " = 1L << " + bit.value() + ";");
    }
    out.doc("Every bit that YANG defines.");
    out.line("public static final long ALL = " + (known.isEmpty() ? "0" : known) + ";");
    for (EnumConstant bit : model.bits()) {
      out.blank();
      out.line("public boolean " + JavaNames.member("is-" + bit.yangName()) + "() {");
      out.line("return (bits & " + bit.name() + ") != 0;");
      out.line("}");
    }
    out.blank();
    out.doc("The names of the bits that are set, in the order of their positions.");
    out.line("public String yangNames() {");
    out.line("List<String> names = new ArrayList<>();");
    for (EnumConstant bit : model.bits()) {
      out.line("if ((bits & " + bit.name() + ") != 0) {");
      out.line("names.add(" + Literals.string(bit.yangName()) + ");");
      out.line("}");
    }
    out.line("return String.join(\" \", names);");
    out.line("}");
    out.blank();
    out.doc("Whether `yangNames` are bits of this type, separated by spaces.");
    out.line("public static boolean accepts(String yangNames) {");
    out.line("return bitsOf(yangNames) >= 0;");
    out.line("}");
    out.blank();
    out.line("public static " + name + " parse(String yangNames) {");
    out.line("return new " + name + "(bitsOf(yangNames));");
    out.line("}");
    out.blank();
    out.line("private static long bitsOf(String yangNames) {");
    out.line("long bits = 0;");
    out.line("for (String each_ : yangNames.isEmpty() ? new String[0] : yangNames.split(\" \")) {");
    out.line("switch (each_) {");
    for (EnumConstant bit : model.bits()) {
      out.line("case " + Literals.string(bit.yangName()) + " -> bits |= " + bit.name() + ";");
    }
    out.line("default -> {");
    out.line("return -1;");
    out.line("}");
    out.line("}");
    out.line("}");
    out.line("return bits;");
    out.line("}");
    out.blank();
    out.line("public static " + name + " read(CborReader in) throws CborException {");
    out.line("return new " + name + "(in.readBits());");
    out.line("}");
    out.blank();
    out.line("public void write(CborWriter out) {");
    out.line("out.writeBits(bits);");
    out.line("}");
    out.line("}");
  }

  static void print(SourceText out, IdentityClass model, String modifiers) {
    String name = model.scope().simpleName();
    out.doc(model.doc());
    out.line(modifiers + " enum " + name + " implements Identity {");
    List<IdentityConstant> constants = model.constants();
    for (int i = 0; i < constants.size(); i++) {
      IdentityConstant c = constants.get(i);
      printDoc(out, c.doc());
      StringBuilder arguments = new StringBuilder();
      arguments.append(c.sid()).append("L, ").append(Literals.string(c.yangName()));
      c.bases().forEach(base -> arguments.append(", ").append(base).append("L"));
      out.line(c.name() + "(" + arguments + ")" + (i + 1 < constants.size() ? "," : ";"));
    }
    out.blank();
    out.line("private final long sid;");
    out.line("private final String yangName;");
    out.line("private final long[] bases;");
    out.blank();
    out.line(name + "(long sid, String yangName, long... bases) {");
    out.line("this.sid = sid;");
    out.line("this.yangName = yangName;");
    out.line("this.bases = bases;");
    out.line("}");
    override(out, "long", "sid");
    override(out, "String", "yangName");
    out.blank();
    out.line("@Override");
    out.line("public boolean isDerivedFromOrSelf(Identity base) {");
    out.line("for (long each_ : bases) {");
    out.line("if (each_ == base.sid()) {");
    out.line("return true;");
    out.line("}");
    out.line("}");
    out.line("return sid == base.sid();");
    out.line("}");
    out.line("}");
  }

  private static void override(SourceText out, String type, String field) {
    out.blank();
    out.line("@Override");
    out.line("public " + type + " " + field + "() {");
    out.line("return " + field + ";");
    out.line("}");
  }

  private static void accessor(SourceText out, String doc, String type, String field) {
    out.blank();
    out.doc(doc);
    out.line("public " + type + " " + field + "() {");
    out.line("return " + field + ";");
    out.line("}");
  }

  private static void printDoc(SourceText out, String doc) {
    if (!doc.isEmpty()) {
      out.doc(doc);
    }
  }
}
