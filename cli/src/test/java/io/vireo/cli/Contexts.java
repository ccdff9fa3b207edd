package io.vireo.cli;

import io.vireo.cli.config.Schemas;
import io.vireo.cli.schema.CliSchema;
import io.vireo.schema.DeviceSchema;
import io.vireo.schema.SchemaContext;
import io.vireo.schema.SchemaContexts;

/// The real schema contexts, loaded once for all tests.
final class Contexts {
  static final SchemaContext DEVICE;
  static final SchemaContext ROUTER;
  static final DeviceSchema SERVED;
  static final Schemas SCHEMAS;

  static {
    SchemaContexts contexts = SchemaContexts.ofClassPath();
    contexts.loadAll(SchemaContexts.DEVICE, SchemaContexts.ROUTER);
    DEVICE = contexts.load(SchemaContexts.DEVICE);
    ROUTER = contexts.load(SchemaContexts.ROUTER);
    SERVED = new DeviceSchema(DEVICE, ROUTER);
    SCHEMAS = new Schemas(CliSchema.of(DEVICE), CliSchema.of(ROUTER));
  }

  private Contexts() {}
}
