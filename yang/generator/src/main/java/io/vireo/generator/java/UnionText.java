package io.vireo.generator.java;

import io.vireo.generator.model.ClassModel;
import io.vireo.generator.model.ClassModel.UnionClass;
import io.vireo.generator.model.ClassModel.UnionMember;
import io.vireo.generator.model.LeafType;
import io.vireo.generator.model.LeafType.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Prints the sealed interface of a union. Its reader looks at the item's CBOR type, then takes the
/// first member that accepts the value (RFC 7950 §9.12); enumerations, bits, identities and
/// instance-identifiers are tagged (RFC 9254 §6.12).
final class UnionText {
  private static final Set<Kind> INTEGERS = EnumSet.of(Kind.SIGNED, Kind.UNSIGNED, Kind.UNSIGNED64);

  private static final Set<Kind> TAGGED =
      EnumSet.of(Kind.DECIMAL, Kind.BITS, Kind.ENUMERATION, Kind.IDENTITY, Kind.INSTANCE_ID);

  private final SourceText out;
  private final UnionClass union;
  private final String name;

  private UnionText(SourceText out, UnionClass union) {
    this.out = out;
    this.union = union;
    this.name = union.scope().simpleName();
  }

  static void print(SourceText out, UnionClass union, String modifiers) {
    new UnionText(out, union).print(modifiers);
  }

  private void print(String modifiers) {
    out.doc(union.doc());
    out.line(modifiers + " sealed interface " + name + " {");
    out.doc("Writes the value as a member of a union.");
    out.line("void write(CborWriter out);");
    if (union.isText()) {
      out.blank();
      out.doc("The value as text.");
      out.line("String text();");
      printOf();
    }
    printRead();
    union.members().forEach(this::printMember);
    for (ClassModel nested : union.nested()) {
      out.blank();
      ClassText.print(out, nested, "public");
    }
    out.line("}");
  }

  private void printOf() {
    out.blank();
    out.doc("The value that `raw` is the text of.");
    out.line("static " + name + " of(String raw) {");
    printAttempts(union.members(), "raw");
    out.line("throw new IllegalArgumentException(\"'\" + raw + \"' is no " + name + "\");");
    out.line("}");
  }

  private void printRead() {
    out.blank();
    out.line("static " + name + " read(CborReader in) throws CborException {");
    out.line("switch (in.peek()) {");
    group("UNSIGNED", "long raw = in.readUnsigned();", INTEGERS);
    group("NEGATIVE", "long raw = in.readLong();", EnumSet.of(Kind.SIGNED));
    group("TEXT", "String raw = in.readText();", EnumSet.of(Kind.TEXT));
    group("BYTES", "Bytes raw = Bytes.wrap(in.readBytes());", EnumSet.of(Kind.BYTES));
    group("BOOLEAN", "boolean raw = in.readBoolean();", EnumSet.of(Kind.BOOLEAN));
    group("NULL", "in.readNull();", EnumSet.of(Kind.EMPTY));
    if (!of(TAGGED).isEmpty()) {
      out.line("case TAG -> {");
      printTagged();
      out.line("}");
    }
    out.line("default -> {}");
    out.line("}");
    out.line(
        "throw in.fail(CborException.Reason.OUT_OF_RANGE, \"no member of union "
            + name
            + " takes the value\");");
    out.line("}");
  }

  private void printTagged() {
    tagged("TAG_DECIMAL", false, "BigDecimal raw = in.readDecimal64();", Kind.DECIMAL);
    tagged("TAG_BITS", true, "String raw = in.readText();", Kind.BITS);
    tagged("TAG_ENUMERATION", true, "String raw = in.readText();", Kind.ENUMERATION);
    tagged("TAG_IDENTITYREF", true, "", Kind.IDENTITY);
    tagged("TAG_INSTANCE_ID", true, "", Kind.INSTANCE_ID);
  }

  private void group(String cborType, String readRaw, Set<Kind> kinds) {
    List<UnionMember> members = of(kinds);
    if (members.isEmpty()) {
      return;
    }
    out.line("case " + cborType + " -> {");
    out.line(readRaw);
    for (UnionMember member : members) {
      // Read as unsigned: a value with the sign bit is beyond every type but uint64.
      boolean guard = cborType.equals("UNSIGNED") && member.type().kind() == Kind.SIGNED;
      printAttempt(member, "raw", guard ? "raw >= 0" : "");
    }
    out.line("}");
  }

  private void tagged(String tag, boolean consume, String readRaw, Kind kind) {
    List<UnionMember> members = of(EnumSet.of(kind));
    if (members.isEmpty()) {
      return;
    }
    out.line("if (in.hasTag(CborWriter." + tag + ")) {");
    if (consume) {
      out.line("in.readTag();");
    }
    if (readRaw.isEmpty()) {
      UnionMember first = members.getFirst();
      out.line("return new " + first.name() + "(" + first.type().read() + ");");
    } else {
      out.line(readRaw);
      printAttempts(members, "raw");
    }
    out.line("}");
  }

  private List<UnionMember> of(Set<Kind> kinds) {
    return union.members().stream().filter(m -> kinds.contains(m.type().kind())).toList();
  }

  private void printAttempts(List<UnionMember> members, String raw) {
    members.forEach(member -> printAttempt(member, raw, ""));
  }

  private void printAttempt(UnionMember member, String raw, String guard) {
    LeafType type = member.type();
    String value = LeafType.fill(type.fromRaw(), raw);
    String made = "new " + member.name() + "(" + (type.kind() == Kind.EMPTY ? "" : value) + ")";
    String accepts = type.accepts() == null ? "true" : LeafType.fill(type.accepts(), raw);
    out.line("if (" + (guard.isEmpty() ? "" : guard + " && ") + accepts + ") {");
    out.line("return " + made + ";");
    out.line("}");
  }

  private void printMember(UnionMember member) {
    LeafType type = member.type();
    boolean empty = type.kind() == Kind.EMPTY;
    out.blank();
    out.line(
        "record "
            + member.name()
            + "("
            + (empty ? "" : type.type() + " value")
            + ") implements "
            + name
            + " {");
    if (type.check() != null) {
      out.line("public " + member.name() + " {");
      out.line(
          "Restrictions.require("
              + LeafType.fill(type.check(), "value")
              + ", \""
              + name
              + "\", value, \""
              + type.restriction()
              + "\");");
      out.line("}");
      out.blank();
    }
    out.line("@Override");
    out.line("public void write(CborWriter out) {");
    switch (type.kind()) {
      case BITS, ENUMERATION -> {
        out.line(
            "out.writeTag(CborWriter."
                + (type.kind() == Kind.BITS ? "TAG_BITS" : "TAG_ENUMERATION")
                + ");");
        out.line("out.writeText(" + LeafType.fill(type.toText(), "value") + ");");
      }
      case IDENTITY, INSTANCE_ID -> {
        out.line(
            "out.writeTag(CborWriter."
                + (type.kind() == Kind.IDENTITY ? "TAG_IDENTITYREF" : "TAG_INSTANCE_ID")
                + ");");
        out.line(type.write("value") + ";");
      }
      case EMPTY -> out.line("out.writeNull();");
      case SIGNED, UNSIGNED, UNSIGNED64, TEXT, BYTES, BOOLEAN, DECIMAL ->
          out.line(type.write("value") + ";");
    }
    out.line("}");
    if (union.isText()) {
      out.blank();
      out.line("@Override");
      out.line("public String text() {");
      out.line("return " + LeafType.fill(type.toText(), "value") + ";");
      out.line("}");
    }
    out.line("}");
  }
}
