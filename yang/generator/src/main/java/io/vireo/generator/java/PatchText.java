package io.vireo.generator.java;

import io.vireo.generator.model.ClassModel;
import io.vireo.generator.model.ClassModel.RecordClass;
import io.vireo.generator.model.Field;
import java.util.ArrayList;
import java.util.List;

/// Prints what makes a record's next of an edit: containers, keyed lists and, beside those, leafs
/// are patched in place, so that a large list is not written and read for one of its entries.
final class PatchText {
  private final SourceText out;
  private final RecordClass record;

  private PatchText(SourceText out, RecordClass record) {
    this.out = out;
    this.record = record;
  }

  static void print(SourceText out, RecordClass record) {
    if (!record.message()) {
      PatchText text = new PatchText(out, record);
      text.printKeys();
      text.printPatched();
    }
  }

  private static boolean hasKeys(RecordClass record) {
    return record.fields().stream()
        .anyMatch(field -> field instanceof Field.Leaf leaf && leaf.required());
  }

  private void printKeys() {
    if (!hasKeys(record)) {
      return;
    }
    List<String> equal = new ArrayList<>();
    for (Field field : record.fields()) {
      if (field instanceof Field.Leaf leaf && leaf.required()) {
        equal.add("Objects.equals(" + leaf.name() + ", other_." + leaf.name() + ")");
      }
    }
    out.blank();
    out.doc("Whether both are the same entry of their list.");
    out.line("public boolean sameKeys(" + record.scope().simpleName() + " other_) {");
    out.line("return " + String.join(" && ", equal) + ";");
    out.line("}");
  }

  private void printPatched() {
    String name = record.scope().simpleName();
    List<Field> inPlace = record.fields().stream().filter(this::isInPlace).toList();
    out.blank();
    out.doc("This after an edit of what is below.");
    out.line("public " + name + " patched(RecordEdit edit_) throws CborException {");
    if (!inPlace.isEmpty()) {
      out.line("RecordEdit below_ = edit_.below();");
      out.line("switch (edit_.delta()) {");
      for (Field field : record.fields()) {
        boolean leaf = field instanceof Field.Leaf plain && !plain.required() && !plain.isFlag();
        if (isInPlace(field) || leaf) {
          printCase(name, field);
        }
      }
      out.line("default -> {}");
      out.line("}");
    }
    out.line("return edit_.inBytes(this::write, " + name + "::read);");
    out.line("}");
  }

  private void printCase(String name, Field field) {
    out.line("case " + FieldText.deltaName(field) + " -> {");
    String next = "next_";
    switch (field) {
      case Field.Container container ->
          out.line(
              container.type()
                  + " next_ = below_.container("
                  + container.name()
                  + ", "
                  + container.type()
                  + "::read, "
                  + container.type()
                  + "::patched);");
      case Field.Entries entries ->
          out.line(
              "List<"
                  + entries.type()
                  + "> next_ = below_.entries("
                  + entries.name()
                  + ", "
                  + entries.type()
                  + "::read, "
                  + entries.type()
                  + "::patched, "
                  + entries.type()
                  + "::sameKeys);");
      case Field.Leaf leaf -> {
        out.line("CborReader in = below_.leaf();");
        next = "in == null ? null : " + leaf.type().read();
      }
      case Field.LeafList _, Field.Any _, Field.Choice _ ->
          throw new IllegalStateException(field + " is not patched in place");
    }
    List<String> members = new ArrayList<>();
    for (Field each : record.fields()) {
      members.add(each.equals(field) ? next : each.name());
    }
    out.list("return new " + name, members, ";");
    out.line("}");
  }

  private boolean isInPlace(Field field) {
    return switch (field) {
      case Field.Container _ -> true;
      case Field.Entries entries -> isKeyed(entries.type());
      case Field.Leaf _, Field.LeafList _, Field.Any _, Field.Choice _ -> false;
    };
  }

  private boolean isKeyed(String type) {
    for (ClassModel nested : record.nested()) {
      if (nested instanceof RecordClass entry && entry.scope().qualifiedName().equals(type)) {
        return hasKeys(entry);
      }
    }
    return false;
  }
}
