package io.vireo.generator.java;

import io.vireo.generator.model.Field;
import io.vireo.generator.model.JavaNames;
import io.vireo.generator.model.LeafType;
import java.util.ArrayList;
import java.util.List;

/// The pieces of Java that one member contributes to its class.
final class FieldText {
  private FieldText() {}

  /// The type of the record component.
  static String component(Field field) {
    return switch (field) {
      case Field.Leaf leaf -> {
        if (leaf.required() || leaf.isFlag()) {
          yield leaf.type().type();
        }
        yield nullable(leaf.type().boxed());
      }
      case Field.LeafList list -> "List<" + list.type().boxed() + ">";
      case Field.Container container -> nullable(container.type());
      case Field.Entries entries -> "List<" + entries.type() + ">";
      case Field.Any _ -> "@Nullable RawCbor";
      case Field.Choice choice -> nullable(choice.type());
    };
  }

  /// The type of a variable that may not be set yet.
  static String variable(Field field) {
    return switch (field) {
      case Field.Leaf leaf -> leaf.isFlag() ? "boolean" : leaf.type().boxed();
      case Field.LeafList list -> "List<" + list.type().boxed() + ">";
      case Field.Container container -> container.type();
      case Field.Entries entries -> "List<" + entries.type() + ">";
      case Field.Any _ -> "RawCbor";
      case Field.Choice choice -> choice.type();
    };
  }

  static String initial(Field field) {
    return switch (field) {
      case Field.Leaf leaf -> leaf.isFlag() ? "false" : "null";
      case Field.LeafList _, Field.Entries _ -> "List.of()";
      case Field.Container _, Field.Any _, Field.Choice _ -> "null";
    };
  }

  static boolean isList(Field field) {
    return field instanceof Field.LeafList || field instanceof Field.Entries;
  }

  /// A condition: the member is there.
  static String present(Field field, String variable) {
    return switch (field) {
      case Field.Leaf leaf when leaf.isFlag() -> variable;
      case Field.LeafList _, Field.Entries _ -> "!" + variable + ".isEmpty()";
      case Field.Leaf _, Field.Container _, Field.Any _, Field.Choice _ -> variable + " != null";
    };
  }

  static String deltaName(Field field) {
    return JavaNames.constant(field.name()) + "_DELTA";
  }

  /// `@Nullable` in front of the simple name, where the language wants it.
  static String nullable(String type) {
    int dot = type.lastIndexOf('.');
    return type.substring(0, dot + 1) + "@Nullable " + type.substring(dot + 1);
  }

  /// The constants of the fields that have a delta.
  static void printDeltas(SourceText out, List<Field> fields) {
    for (Field field : fields) {
      int delta =
          switch (field) {
            case Field.Leaf f -> f.delta();
            case Field.LeafList f -> f.delta();
            case Field.Container f -> f.delta();
            case Field.Entries f -> f.delta();
            case Field.Any f -> f.delta();
            case Field.Choice _ -> 0;
          };
      if (!(field instanceof Field.Choice)) {
        out.line("private static final int " + deltaName(field) + " = " + delta + ";");
      }
    }
  }

  /// The statements that write the member `name` of this.
  static void printWrite(SourceText out, Field field) {
    String name = field.name();
    if (field instanceof Field.Leaf leaf && leaf.required()) {
      out.line("out.writeLong(" + deltaName(field) + ");");
      out.line(leaf.type().write(name) + ";");
      return;
    }
    out.line("if (" + present(field, name) + ") {");
    if (!(field instanceof Field.Choice)) {
      out.line("out.writeLong(" + deltaName(field) + ");");
    }
    switch (field) {
      case Field.Leaf leaf -> out.line(leaf.type().write(name) + ";");
      case Field.Container _ -> out.line(name + ".write(out);");
      case Field.Any _ -> out.line("out.writeRaw(" + name + ");");
      case Field.Choice _ -> out.line(name + ".writeFields(out);");
      case Field.LeafList list -> printElements(out, name, list.type().boxed(), list.type());
      case Field.Entries entries -> printElements(out, name, entries.type(), null);
    }
    out.line("}");
  }

  private static void printElements(
      SourceText out, String name, String type, @org.jspecify.annotations.Nullable LeafType leaf) {
    out.line("out.startArray(" + name + ".size());");
    out.line("for (" + type + " each_ : " + name + ") {");
    out.line((leaf == null ? "each_.write(out)" : leaf.write("each_")) + ";");
    out.line("}");
  }

  /// The statements of a compact constructor that check and copy the members.
  static void printChecks(SourceText out, List<Field> fields) {
    for (Field field : fields) {
      String name = field.name();
      switch (field) {
        case Field.Leaf leaf -> {
          if (leaf.required() && leaf.type().type().equals(leaf.type().boxed())) {
            out.line("Objects.requireNonNull(" + name + ", \"" + name + "\");");
          }
          printCheck(out, leaf.type(), name, name, !leaf.required() && !leaf.isFlag());
        }
        case Field.LeafList list -> {
          out.line(name + " = List.copyOf(" + name + ");");
          if (list.type().check() != null) {
            out.line("for (" + list.type().boxed() + " each_ : " + name + ") {");
            printCheck(out, list.type(), name, "each_", false);
            out.line("}");
          }
        }
        case Field.Entries _ -> out.line(name + " = List.copyOf(" + name + ");");
        case Field.Container _, Field.Any _, Field.Choice _ -> {}
      }
    }
  }

  private static void printCheck(
      SourceText out, LeafType type, String name, String value, boolean nullable) {
    String check = type.check();
    if (check == null) {
      return;
    }
    String condition = (nullable ? value + " == null || " : "") + LeafType.fill(check, value);
    String shown = nullable ? "String.valueOf(" + value + ")" : value;
    out.line(
        "Restrictions.require("
            + condition
            + ", \""
            + name
            + "\", "
            + shown
            + ", \""
            + type.restriction()
            + "\");");
  }

  static boolean hasCompactConstructor(List<Field> fields) {
    return fields.stream()
        .anyMatch(field ->
            isList(field)
                || field instanceof Field.Leaf leaf
                    && (leaf.type().check() != null
                        || leaf.required() && leaf.type().type().equals(leaf.type().boxed())));
  }

  /// Whether a constructor of this or of one of its cases may refuse a value.
  static boolean mayRefuse(List<Field> fields) {
    return fields.stream()
        .anyMatch(field ->
            switch (field) {
              case Field.Leaf leaf -> leaf.type().check() != null;
              case Field.LeafList list -> list.type().check() != null;
              case Field.Choice choice ->
                  choice.cases().stream().anyMatch(c -> mayRefuse(c.fields()));
              case Field.Container _, Field.Entries _, Field.Any _ -> false;
            });
  }

  /// The record header's components, each with its documentation folded into one comment above.
  static List<String> components(List<Field> fields) {
    List<String> components = new ArrayList<>();
    fields.forEach(field -> components.add(component(field) + " " + field.name()));
    return components;
  }
}
