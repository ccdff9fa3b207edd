package io.vireo.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModuleDescriptionTest {
  @Test
  void deviceContext_described_namesRevisionAndFeatures() {
    SchemaContext device = SchemaContexts.ofClassPath().load(SchemaContexts.DEVICE);

    ModuleDescription interfaces = find(device, "ietf-interfaces");

    assertEquals("2018-02-20", interfaces.revision());
    assertEquals("urn:ietf:params:xml:ns:yang:ietf-interfaces", interfaces.namespace());
    assertEquals(Set.of("pre-provisioning"), interfaces.features());
    assertTrue(interfaces.implemented());
    assertTrue(interfaces.source().text().contains("module ietf-interfaces"));
    assertFalse(find(device, "ietf-yang-types").implemented());
  }

  @Test
  void sameModules_contentId_isTheSameInEveryLoad() {
    SchemaContext once = SchemaContexts.ofClassPath().load(SchemaContexts.DEVICE);
    SchemaContext again = SchemaContexts.ofClassPath().load(SchemaContexts.DEVICE);
    SchemaContext router = SchemaContexts.ofClassPath().load(SchemaContexts.ROUTER);

    assertEquals(
        ModuleDescription.contentId(List.of(once, router)),
        ModuleDescription.contentId(List.of(router, again)));
    assertNotEquals(
        ModuleDescription.contentId(List.of(once)), ModuleDescription.contentId(List.of(router)));
  }

  private static ModuleDescription find(SchemaContext context, String name) {
    return ModuleDescription.of(context).stream()
        .filter(module -> module.name().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
