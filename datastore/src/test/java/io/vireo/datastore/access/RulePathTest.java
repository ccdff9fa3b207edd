package io.vireo.datastore.access;

import static io.vireo.datastore.TestDevice.inRouter;
import static io.vireo.datastore.TestDevice.refused;
import static io.vireo.datastore.TestDevice.shown;
import static io.vireo.datastore.access.SiteDevice.site;
import static io.vireo.datastore.access.StaffRules.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.datastore.EngineOptions;
import io.vireo.datastore.TestDevice;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which entries the keys of a path name (RFC 8341 §3.5.2, node-instance-identifier).
class RulePathTest {
  private static final String ROOMS =
      site(
          """
          <room><kind>cellar</kind><number>7</number><text>wine</text></room>
          <room><kind>attic</kind><number>7</number><text>hats</text></room>
          """);

  @TempDir Path directory;

  // Whatever way the value is written (RFC 7950 §9.1).
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[s:kind='s:cellar'][s:number='7']",
        "[s:kind='acme-site:cellar'][s:number='07']",
        "[s:kind='cellar'][s:number=\"0x7\"]"
      })
  void keys_inAnyForm_nameTheEntry(String keys) throws Exception {
    try (SiteDevice device = new SiteDevice(directory)) {
      device.commit(ROOMS, StaffRules.of("", rule("/s:site/s:room" + keys, "read", "deny")));

      String shown = device.shown(device.device.as("bob"), Datastore.RUNNING);

      assertTrue(shown.contains("hats"), shown);
      assertFalse(shown.contains("wine"), shown);
    }
  }

  @Test
  void keys_identityOfARoutersModel_nameTheEntry() throws Exception {
    try (TestDevice device = new TestDevice(directory, EngineOptions.PLAIN)) {
      device.commit(
          inRouter(
              "blue",
              """
              <routing xmlns="urn:ietf:params:xml:ns:yang:ietf-routing"
                  xmlns:rt="urn:ietf:params:xml:ns:yang:ietf-routing">
                <control-plane-protocols><control-plane-protocol>
                  <type>rt:static</type><name>x</name><description>secret</description>
                </control-plane-protocol></control-plane-protocols>
              </routing>
              """),
          StaffRules.of(
              "",
              rule(
                  "/lne:logical-network-elements/lne:logical-network-element/lne:root/rt:routing"
                      + "/rt:control-plane-protocols/rt:control-plane-protocol"
                      + "[rt:type='rt:static'][rt:name='x']",
                  "read",
                  "deny")));

      String shown = shown(device.as("bob"), Datastore.RUNNING);

      assertTrue(shown.contains("blue"), shown);
      assertFalse(shown.contains("secret"), shown);
    }
  }

  // It could never match: a rule that denies would deny nothing.
  @ParameterizedTest
  @ValueSource(strings = {"[s:number='900']", "[s:number='007']", "[s:kind='s:kitchen']"})
  void keys_noValueOfTheirType_refusedAtCommit(String key) throws Exception {
    try (SiteDevice device = new SiteDevice(directory)) {
      device
          .device
          .system
          .edit(
              Datastore.CANDIDATE,
              device.edits(StaffRules.of("", rule("/s:site/s:room" + key, "*", "deny"))))
          .get();

      ManagementError error = refused(device.device.system.commit(null));

      assertEquals(ErrorTag.INVALID_VALUE, error.tag());
      assertTrue(error.message().contains("is no value of"), error.message());
    }
  }
}
