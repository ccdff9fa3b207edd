package io.vireo.schema.sid;

/// One number and what it names.
///
/// @param module the module whose `.sid` file holds it
/// @param namespace the kind of thing named
/// @param identifier the name, as RFC 9595 §4 writes it for that kind
/// @param sid the number
public record SidItem(String module, SidNamespace namespace, String identifier, long sid) {
  public SidItem {
    if (sid <= 0) {
      throw new IllegalArgumentException("SID " + sid + " of " + identifier + " is not positive");
    }
  }

  @Override
  public String toString() {
    return namespace.yangName() + " " + identifier + " of " + module + " (SID " + sid + ")";
  }
}
