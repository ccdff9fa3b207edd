package io.vireo.netconf.operation;

import io.vireo.datastore.api.Origin;
import java.util.Optional;
import java.util.Set;

/// Which nodes of configuration pass by their origin (RFC 8526 §3.1.1). One without counts as of an
/// origin that is not known, which only `origin` itself stands above.
///
/// @param names of identities of ietf-origin
/// @param negated whether the nodes with these origins do not pass
record OriginFilter(Set<String> names, boolean negated) {
  /// The identity that all others are derived from.
  static final String ANY = "origin";

  static final Set<String> KNOWN =
      Set.of(ANY, "intended", "dynamic", "system", "learned", "default", "unknown");

  boolean passes(Optional<Origin> origin) {
    String name = origin.map(Origin::yangName).orElse("unknown");
    return (names.contains(ANY) || names.contains(name)) != negated;
  }
}
