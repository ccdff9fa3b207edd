package io.vireo.generator;

import java.util.HexFormat;
import java.util.List;

/// The few generated files that stand for no YANG node.
final class SupportText {
  private SupportText() {}

  static String packageInfo(String packageName, String doc) {
    return """
    /// %s Generated; see `io.vireo.generator`.
    @NullMarked
    package %s;

    import org.jspecify.annotations.NullMarked;
    """
        .formatted(doc, packageName);
  }

  static String sidHash(String packageName, byte[] hash) {
    return """
    // Generated from YANG; changes are lost.
    package %s;

    import io.vireo.wire.Bytes;
    import java.util.HexFormat;

    /// Tells whether two programs were built from the same numbers.
    public final class SidHash {
      private static final Bytes VALUE =
          Bytes.wrap(
              HexFormat.of()
                  .parseHex("%s"));

      private SidHash() {}

      /// SHA-256 over the SID files this was generated from.
      public static Bytes value() {
        return VALUE;
      }
    }
    """
        .formatted(packageName, HexFormat.of().formatHex(hash));
  }

  static String identities(String packageName, String name, List<String> enums) {
    StringBuilder puts = new StringBuilder();
    for (String type : enums) {
      puts.append("    for (Identity each : ")
          .append(type)
          .append(".values()) {\n      all.put(each.sid(), each);\n    }\n");
    }
    return """
    // Generated from YANG; changes are lost.
    package %s;

    import io.vireo.wire.Identity;
    import java.util.HashMap;
    import java.util.Map;

    /// Finds the identities of this context by their SID.
    public final class %s {
      private static final Map<Long, Identity> BY_SID = all();

      private %s() {}

      /// The identity with `sid`; one that is not compiled in comes as {@link Identity.Unknown}.
      public static Identity lookup(long sid) {
        Identity known = BY_SID.get(sid);
        return known == null ? new Identity.Unknown(sid) : known;
      }

      private static Map<Long, Identity> all() {
        Map<Long, Identity> all = new HashMap<>();
    %s    return Map.copyOf(all);
      }
    }
    """
        .formatted(packageName, name, name, puts);
  }
}
