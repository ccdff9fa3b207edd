package io.vireo.schema;

import org.opendaylight.yangtools.yang.parser.impl.DefaultReactors;
import org.opendaylight.yangtools.yang.parser.stmt.reactor.CrossSourceStatementReactor;

/// The YANG compiler with the extensions that Vireo's modules use (schema mount, NACM, metadata).
///
/// YANG Tools marks this way in as going away in its next major version, and offers no other that
/// takes parsed sources in 14.x; it is entered here only.
@SuppressWarnings("removal")
final class YangReactor {
  private static final CrossSourceStatementReactor REACTOR = DefaultReactors.defaultReactor();

  private YangReactor() {}

  static CrossSourceStatementReactor.BuildAction newBuild() {
    return REACTOR.newBuild();
  }
}
