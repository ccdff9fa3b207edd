package io.vireo.generator.java;

import io.vireo.generator.model.ClassModel;
import io.vireo.generator.model.ClassModel.BitsClass;
import io.vireo.generator.model.ClassModel.CaseClass;
import io.vireo.generator.model.ClassModel.ChoiceClass;
import io.vireo.generator.model.ClassModel.EnumClass;
import io.vireo.generator.model.ClassModel.IdentityClass;
import io.vireo.generator.model.ClassModel.OperationClass;
import io.vireo.generator.model.ClassModel.RecordClass;
import io.vireo.generator.model.ClassModel.UnionClass;
import io.vireo.generator.model.ClassModel.ValueClass;
import io.vireo.generator.model.Field;
import io.vireo.generator.model.Scope;
import java.util.List;
import java.util.regex.Pattern;

/// Prints a class of any kind with the classes inside it.
public final class ClassText {
  private static final List<String> IMPORTS =
      List.of(
          "io.vireo.wire.Bytes",
          "io.vireo.wire.Identity",
          "io.vireo.wire.InstanceId",
          "io.vireo.wire.Restrictions",
          "io.vireo.wire.cbor.CborException",
          "io.vireo.wire.cbor.CborReader",
          "io.vireo.wire.cbor.CborType",
          "io.vireo.wire.cbor.CborWriter",
          "io.vireo.wire.cbor.RawCbor",
          "io.vireo.wire.cbor.RecordEdit",
          "java.math.BigDecimal",
          "java.util.ArrayList",
          "java.util.List",
          "java.util.Objects",
          "org.jspecify.annotations.Nullable");

  private ClassText() {}

  /// The whole source file of a top-level class.
  public static String file(ClassModel model) {
    SourceText body = new SourceText();
    print(body, model, "public");
    // Its own name needs no package; no class inside can have it.
    String own = model.scope().qualifiedName();
    String text =
        body.toString().replaceAll(Pattern.quote(own) + "\\b", model.scope().simpleName());
    SourceText out = new SourceText();
    out.line("// Generated from YANG; changes are lost.");
    out.line("package " + packageName(model.scope()) + ";").blank();
    for (String name : IMPORTS) {
      if (text.contains(name.substring(name.lastIndexOf('.') + 1))) {
        out.line("import " + name + ";");
      }
    }
    return out.blank() + text;
  }

  /// The package of a top-level class.
  public static String packageName(Scope scope) {
    String qualified = scope.qualifiedName();
    return qualified.substring(0, qualified.length() - scope.simpleName().length() - 1);
  }

  static void print(SourceText out, ClassModel model, String modifiers) {
    switch (model) {
      case RecordClass record -> printRecord(out, record, modifiers);
      case ChoiceClass choice -> printChoice(out, choice, modifiers);
      case CaseClass alternative -> throw new IllegalStateException("case " + alternative);
      case OperationClass operation -> printOperation(out, operation, modifiers);
      case EnumClass enumeration -> EnumText.print(out, enumeration, modifiers);
      case BitsClass bits -> EnumText.print(out, bits, modifiers);
      case UnionClass union -> UnionText.print(out, union, modifiers);
      case ValueClass value -> ValueText.print(out, value, modifiers);
      case IdentityClass identities -> EnumText.print(out, identities, modifiers);
    }
  }

  private static void printNested(SourceText out, List<ClassModel> nested) {
    for (ClassModel model : nested) {
      out.blank();
      // Classes inside interfaces and records are static; inside interfaces public as well.
      print(out, model, "public");
    }
  }

  private static void printRecord(SourceText out, RecordClass record, String modifiers) {
    String name = record.scope().simpleName();
    printHeader(out, record.doc(), record.fields());
    out.list(modifiers + " record " + name, FieldText.components(record.fields()), " {");
    out.doc("The SID that the deltas of the members are relative to.");
    out.line("public static final long SID = " + record.sid() + ";");
    FieldText.printDeltas(out, record.fields());
    printCompactConstructor(out, name, record.fields());
    BuilderText.print(out, record);
    ReadText.print(out, record);
    out.blank();
    out.doc("Writes the map of this node.");
    out.line("public void write(CborWriter out) {");
    out.line("out.startMap();");
    record.fields().forEach(field -> FieldText.printWrite(out, field));
    out.line("out.end();");
    out.line("}");
    PatchText.print(out, record);
    if (record.message()) {
      out.blank();
      out.doc("Writes this as a frame's payload: a map of one entry, SID to map.");
      out.line("public void writeMessage(CborWriter out) {");
      out.line("out.startMap(1);");
      out.line("out.writeLong(SID);");
      out.line("write(out);");
      out.line("}");
      out.blank();
      out.doc("Reads what [#writeMessage] writes.");
      out.line("public static " + name + " readMessage(CborReader in) throws CborException {");
      out.line("in.startMessage(SID);");
      out.line(name + " message_ = read(in);");
      out.line("in.endMessage();");
      out.line("return message_;");
      out.line("}");
    }
    printNested(out, record.nested());
    out.line("}");
  }

  private static void printHeader(SourceText out, String doc, List<Field> fields) {
    StringBuilder whole = new StringBuilder(doc);
    String separator = "\n\n";
    for (Field field : fields) {
      if (!field.doc().isEmpty()) {
        whole.append(separator).append("@param ").append(field.name()).append(' ');
        whole.append(field.doc());
        separator = "\n";
      }
    }
    out.doc(whole.toString());
  }

  private static void printCompactConstructor(SourceText out, String name, List<Field> fields) {
    if (FieldText.hasCompactConstructor(fields)) {
      out.blank();
      out.line("public " + name + " {");
      FieldText.printChecks(out, fields);
      out.line("}");
    }
  }

  private static void printChoice(SourceText out, ChoiceClass choice, String modifiers) {
    out.doc(choice.doc());
    out.line(modifiers + " sealed interface " + choice.scope().simpleName() + " {");
    out.doc("Writes what the case holds into the parent's map.");
    out.line("void writeFields(CborWriter out);");
    for (CaseClass alternative : choice.cases()) {
      out.blank();
      String name = alternative.scope().simpleName();
      printHeader(out, alternative.doc(), alternative.fields());
      out.list(
          "record " + name,
          FieldText.components(alternative.fields()),
          " implements " + choice.scope().simpleName() + " {");
      FieldText.printDeltas(out, alternative.fields());
      printCompactConstructor(out, name, alternative.fields());
      out.blank();
      out.line("@Override");
      out.line("public void writeFields(CborWriter out) {");
      alternative.fields().forEach(field -> FieldText.printWrite(out, field));
      out.line("}");
      out.line("}");
    }
    out.line("}");
  }

  private static void printOperation(SourceText out, OperationClass operation, String modifiers) {
    String name = operation.scope().simpleName();
    out.doc(operation.doc());
    out.line(modifiers + " final class " + name + " {");
    out.doc("The operation's SID.");
    out.line("public static final long SID = " + operation.sid() + ";");
    out.blank();
    out.line("private " + name + "() {}");
    printNested(out, operation.nested());
    out.line("}");
  }
}
