package io.vireo.datastore.engine;

import org.opendaylight.yangtools.yang.common.QName;

/// The `factory-reset` RPC (RFC 8808 §2), which the datastores carry out themselves.
final class FactoryReset {
  private static final String NAMESPACE = "urn:vireo:yang:vireo-factory-default";

  private FactoryReset() {}

  static boolean is(QName rpc) {
    return rpc.getLocalName().equals("factory-reset")
        && rpc.getNamespace().toString().equals(NAMESPACE);
  }
}
