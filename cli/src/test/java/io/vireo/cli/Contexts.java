package io.vireo.cli;

import io.vireo.cli.config.Schemas;
import io.vireo.cli.schema.CliSchema;
import io.vireo.schema.DeviceSchema;
import io.vireo.schema.SchemaContext;
import io.vireo.schema.SchemaContexts;
import java.util.Map;

/// The real schema contexts, loaded once for all tests.
final class Contexts {
  static final DeviceSchema SERVED;
  static final Schemas SCHEMAS;

  static {
    Map<String, SchemaContext> contexts =
        SchemaContexts.ofClassPath().loadAll(SchemaContexts.DEVICE, SchemaContexts.ROUTER);
    SchemaContext device = contexts.get(SchemaContexts.DEVICE);
    SchemaContext router = contexts.get(SchemaContexts.ROUTER);
    if (device == null || router == null) {
      throw new IllegalStateException("no contexts");
    }
    SERVED = new DeviceSchema(device.model(), router.model());
    SCHEMAS =
        new Schemas(
            CliSchema.of(device.model(), device::isImplemented),
            CliSchema.of(router.model(), router::isImplemented));
  }

  private Contexts() {}
}
