package io.vireo.generator.model;

import java.util.Locale;
import java.util.Set;

/// Java names from YANG names.
public final class JavaNames {
  /// Simple names that generated files import or take from `java.lang`.
  private static final Set<String> TAKEN_TYPES =
      Set.of(
          "ArrayList",
          "BigDecimal",
          "Boolean",
          "Builder",
          "Bytes",
          "CborException",
          "CborReader",
          "CborType",
          "CborWriter",
          "Identity",
          "IllegalArgumentException",
          "InstanceId",
          "Integer",
          "List",
          "Long",
          "NullMarked",
          "Nullable",
          "Object",
          "Objects",
          "Override",
          "RawCbor",
          "Reason",
          "Record",
          "Restrictions",
          "String",
          "System",
          "Enum",
          "Class");

  /// Keywords, methods of Object that a record component may not be called by, and names that
  /// generated methods use.
  private static final Set<String> TAKEN_MEMBERS =
      Set.of(
          "abstract",
          "assert",
          "boolean",
          "break",
          "byte",
          "case",
          "catch",
          "char",
          "class",
          "const",
          "continue",
          "default",
          "do",
          "double",
          "else",
          "enum",
          "extends",
          "final",
          "finally",
          "float",
          "for",
          "goto",
          "if",
          "implements",
          "import",
          "instanceof",
          "int",
          "interface",
          "long",
          "native",
          "new",
          "package",
          "private",
          "protected",
          "public",
          "return",
          "short",
          "static",
          "strictfp",
          "super",
          "switch",
          "synchronized",
          "this",
          "throw",
          "throws",
          "transient",
          "try",
          "void",
          "volatile",
          "while",
          "true",
          "false",
          "null",
          "var",
          "yield",
          "record",
          "sealed",
          "permits",
          "when",
          "_",
          "clone",
          "finalize",
          "getClass",
          "hashCode",
          "notify",
          "notifyAll",
          "toString",
          "wait",
          "in",
          "out",
          "io",
          "java",
          "builder",
          "ordinal",
          "name_");

  private JavaNames() {}

  /// `ip-address-no-zone` as `IpAddressNoZone`.
  public static String type(String yangName) {
    StringBuilder name = new StringBuilder();
    boolean upper = true;
    for (int i = 0; i < yangName.length(); i++) {
      char c = yangName.charAt(i);
      if (c == '-' || c == '.' || c == '_' || !Character.isJavaIdentifierPart(c)) {
        upper = true;
      } else {
        name.append(upper ? Character.toUpperCase(c) : c);
        upper = false;
      }
    }
    String type = name.toString();
    if (type.isEmpty() || !Character.isJavaIdentifierStart(type.charAt(0))) {
      type = "N" + type;
    }
    return TAKEN_TYPES.contains(type) ? type + "Node" : type;
  }

  /// `next-hop-address` as `nextHopAddress`.
  public static String member(String yangName) {
    String type = type(yangName);
    if (type.endsWith("Node") && TAKEN_TYPES.contains(type.substring(0, type.length() - 4))) {
      type = type.substring(0, type.length() - 4);
    }
    String member = Character.toLowerCase(type.charAt(0)) + type.substring(1);
    return TAKEN_MEMBERS.contains(member) ? member + "_" : member;
  }

  /// `ethernetCsmacd` as `ETHERNET_CSMACD`.
  public static String constant(String yangName) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < yangName.length(); i++) {
      char c = yangName.charAt(i);
      if (!Character.isJavaIdentifierPart(c) || c == '_') {
        name.append('_');
      } else {
        boolean word =
            i > 0 && Character.isUpperCase(c) && Character.isLowerCase(yangName.charAt(i - 1));
        name.append(word ? "_" : "").append(Character.toUpperCase(c));
      }
    }
    String constant = name.toString().toUpperCase(Locale.ROOT);
    boolean legal = !constant.isEmpty() && Character.isJavaIdentifierStart(constant.charAt(0));
    return legal && !constant.equals("_") ? constant : "_" + constant;
  }

  /// `ietf-interfaces` as `ietfinterfaces`.
  public static String packageSegment(String module) {
    return module.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }
}
