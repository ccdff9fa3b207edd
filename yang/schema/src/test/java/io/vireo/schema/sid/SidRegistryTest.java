package io.vireo.schema.sid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.schema.SchemaLoadException;
import java.io.StringReader;
import java.util.List;
import org.junit.jupiter.api.Test;

class SidRegistryTest {
  // The shape of RFC 9595 Appendix A, with numbers as strings (RFC 7951 §6.1).
  private static final String FILE =
      """
      {"ietf-sid-file:sid-file": {
        "module-name": "ietf-system", "module-revision": "2014-08-06",
        "item": [
          {"status":"stable","namespace":"module","identifier":"ietf-system","sid":"1700"},
          {"namespace":"identity","identifier":"radius","sid":"1706"},
          {"namespace":"feature","identifier":"ntp","sid":"1713"},
          {"namespace":"data","identifier":"/ietf-system:system/clock","sid":"1738"}
        ]}}
      """;

  @Test
  void file_registered_mapsBothWays() {
    SidFile file = SidFile.read("ietf-system.sid", new StringReader(FILE));
    SidRegistry registry = SidRegistry.of(List.of(file));

    assertEquals("2014-08-06", file.revision());
    assertEquals(1700, registry.moduleSid("ietf-system"));
    assertEquals(1706, registry.identitySid("ietf-system", "radius"));
    assertEquals(1713, registry.featureSid("ietf-system", "ntp"));
    assertEquals(1738, registry.dataSid("/ietf-system:system/clock"));
    assertEquals(0, registry.dataSid("/ietf-system:system"));
    assertEquals(
        new SidItem("ietf-system", SidNamespace.DATA, "/ietf-system:system/clock", 1738),
        registry.lookup(1738));
  }

  @Test
  void numberGivenTwice_registered_refused() {
    SidFile twice = SidFile.read("t", new StringReader(FILE.replace("1738", "1706")));

    SchemaLoadException failure =
        assertThrows(SchemaLoadException.class, () -> SidRegistry.of(List.of(twice)));

    assertTrue(String.valueOf(failure.getMessage()).contains("SID 1706"), failure::toString);
  }

  @Test
  void badNamespace_read_namesFileAndValue() {
    SchemaLoadException failure =
        assertThrows(
            SchemaLoadException.class,
            () -> SidFile.read("t.sid", new StringReader(FILE.replace("feature", "future"))));

    assertTrue(
        String.valueOf(failure.getMessage()).startsWith("SID file t.sid: 'future'"),
        failure::toString);
  }
}
