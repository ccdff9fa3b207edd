package io.vireo.schema;

import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/// The schemas that are served: the device's, and the one that all virtual routers share (RFC 8528
/// shared-schema).
public record DeviceSchema(SchemaContext deviceContext, SchemaContext routerContext) {
  /// The device's compiled modules, imported ones too.
  public EffectiveModelContext device() {
    return deviceContext.model();
  }

  /// The virtual routers' compiled modules, imported ones too.
  public EffectiveModelContext router() {
    return routerContext.model();
  }
}
