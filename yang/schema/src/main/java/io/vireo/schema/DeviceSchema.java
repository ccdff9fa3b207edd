package io.vireo.schema;

import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/// The schemas that are served: the device's, and the one that all virtual routers share (RFC 8528
/// shared-schema).
public record DeviceSchema(EffectiveModelContext device, EffectiveModelContext router) {}
