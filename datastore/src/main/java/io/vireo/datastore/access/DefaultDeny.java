package io.vireo.datastore.access;

import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.model.api.DocumentedNode;
import org.opendaylight.yangtools.yang.model.api.EffectiveStatementEquivalent;
import org.opendaylight.yangtools.yang.model.api.meta.DeclaredStatement;

/// What a model denies unless a rule permits it (RFC 8341 §3.4.4 to §3.4.6: `default-deny-write`
/// and `default-deny-all`).
enum DefaultDeny {
  NOTHING,
  WRITE,
  ALL;

  private static final String ACM = "urn:ietf:params:xml:ns:yang:ietf-netconf-acm";

  /// Of a data node, an rpc or a notification itself.
  static DefaultDeny of(DocumentedNode schema) {
    DefaultDeny found = NOTHING;
    if (!(schema instanceof EffectiveStatementEquivalent<?> equivalent)) {
      return NOTHING;
    }
    DeclaredStatement<?> declared = equivalent.asEffectiveStatement().getDeclared();
    if (declared == null) {
      return NOTHING;
    }
    for (DeclaredStatement<?> statement : declared.declaredSubstatements()) {
      QName name = statement.statementDefinition().getStatementName();
      if (name.getNamespace().toString().equals(ACM)) {
        if (name.getLocalName().equals("default-deny-all")) {
          return ALL;
        }
        if (name.getLocalName().equals("default-deny-write")) {
          found = WRITE;
        }
      }
    }
    return found;
  }
}
