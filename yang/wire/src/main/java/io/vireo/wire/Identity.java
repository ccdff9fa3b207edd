package io.vireo.wire;

/// The value of a YANG `identityref`. The generator makes one enum per module of it; an identity
/// that this build does not know (a newer peer's) is kept as [Unknown], so that it can be shown and
/// sent back.
public interface Identity {

  /// The SID of the identity (RFC 9254 §6.10.1).
  long sid();

  /// The identity's qualified name, `module:name`.
  String yangName();

  /// True when this is `base` or derived from it, directly or not (RFC 7950 §9.10.2).
  boolean isDerivedFromOrSelf(Identity base);

  /// An identity that no compiled module defines.
  record Unknown(long sid) implements Identity {
    @Override
    public String yangName() {
      return "sid:" + sid;
    }

    @Override
    public boolean isDerivedFromOrSelf(Identity base) {
      return sid == base.sid();
    }
  }
}
