package io.vireo.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Values in lines against the restrictions of whole typedef chains: RFC 7950 §7.3.
class RestrictedValuesTest {
  private static final String ADDRESS = "an IPv4 address such as 192.0.2.1";
  private static final String PREFIX = "an IPv4 prefix such as 192.0.2.0/24";

  private final Operator operator = Operator.onEmpty();

  @BeforeEach
  void configure() {
    operator.giveAll(List.of("configure", "virtual-router blue", "interface eth0"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ip address 10.0.0.9/24",
        "arp 10.0.0.9 02:00:00:00:00:01",
        "do ping vr blue 10.0.0.9",
        "do ping vr blue 10.0.0.9 source 10.0.0.1",
      })
  void goodValue_inALine_isTaken(String line) {
    operator.give(line);
  }

  @ParameterizedTest
  @CsvSource({
    "ip address 10.0.0/24, 11",
    "ip address 10.0.9.300/24, 11",
    "ip address 7/24, 11",
    "ip address 10.0.0.9/33, 11",
    "arp 10.0.0 02:00:00:00:00:01, 4",
    "arp 10.0.0.9%eth0 02:00:00:00:00:01, 4",
    "arp 10.0.0.9 02:0g:00:00:00:01, 13",
    "do ping vr blue 10.0.0, 16",
    "do ping vr blue 7, 16",
    "do ping vr blue 10.0.0.9 source 10.0.0.256, 32",
    "do ping vr blue 10.0.0.9 ttl 256, 29",
  })
  void badValue_inALine_isPointedAt(String line, int column) {
    assertEquals(column, operator.misspell(line).column(), line);
  }

  @Test
  void badValue_inALine_messageSaysWhatIsExpected() {
    assertEquals(
        "'10.0.0' is not allowed here: expected " + ADDRESS,
        operator.misspell("do ping vr blue 10.0.0").message());
    assertEquals(
        "'256' is not allowed here: expected 1..255",
        operator.misspell("do ping vr blue 10.0.0.9 ttl 256").message());
    operator.give("exit");
    assertEquals(
        "'10.0.0.0/33' is not allowed here: expected " + PREFIX,
        operator.misspell("ip route 10.0.0.0/33 blackhole").message());
  }

  @Test
  void brokenRestriction_withWordsInTheModel_saysThem() {
    operator.give("top");
    String message = operator.misspell("username ann password secret").message();

    assertTrue(message.contains("a password is stored as its argon2id hash"), message);
  }
}
