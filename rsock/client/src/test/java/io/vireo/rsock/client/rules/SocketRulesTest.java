package io.vireo.rsock.client.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.rsock.client.Router;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SocketRulesTest {
  private static final String RULES =
      """
      # where the sockets live
      program named* port 53 -> kernel
      program UdpTool destination 10.1.0.0/16 port 1000-2000 -> vr:red
      destination 10.0.0.0/8 -> blue
      destination 2001:db8::/32 -> vr:six   # and IPv6
      port 7002 -> vr:blue
      default -> vr:other
      """;

  private static InetSocketAddress endpoint(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  @ParameterizedTest
  @CsvSource({
    "named-1, 10.9.9.9, 53, kernel",
    "named-1, 10.9.9.9, 54, vr:blue",
    "UdpTool, 10.1.2.3, 1000, vr:red",
    "UdpTool, 10.1.2.3, 2001, vr:blue",
    "java, 10.1.2.3, 1000, vr:blue",
    "java, 11.0.0.0, 1000, vr:other",
    "java, 2001:db8:1::1, 80, vr:six",
    "java, 0.0.0.0, 7002, vr:blue",
    "java, 0.0.0.0, 7003, vr:other",
  })
  void firstRuleThatMatches_decides(String program, String address, int port, String router)
      throws RulesException {
    SocketRules rules = SocketRules.parse(RULES, Router.KERNEL);

    assertEquals(router, rules.choose(program, endpoint(address, port)).toString());
  }

  @Test
  void noRuleMatches_otherwiseDecides() throws RulesException {
    SocketRules rules = SocketRules.parse("port 1 -> blue", Router.named("green"));

    assertEquals(Router.named("green"), rules.choose("x", endpoint("0.0.0.0", 2)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "port 7",
        "port 7 -> ",
        "port 7 blue",
        "-> blue",
        "port -> blue",
        "port x -> blue",
        "port 65536 -> blue",
        "port 9-3 -> blue",
        "port 1 port 2 -> blue",
        "host 10.0.0.1 -> blue",
        "destination example.org -> blue",
        "destination 10.0.0.0/33 -> blue",
        "destination 10.0.0.0/x -> blue",
        "default port 1 -> blue",
        "default -> ../../etc",
        "default -> vr:kernel",
        "default -> blue\nport 1 -> red",
      })
  void badLine_isRefused_namingLine(String text) {
    RulesException refused =
        assertThrows(
            RulesException.class, () -> SocketRules.parse("# one\n" + text, Router.KERNEL));

    assertTrue(
        String.valueOf(refused.getMessage()).matches("(?s)line [23]: .*"), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3/16, 10.1.255.255, true",
    "10.1.2.3/16, 10.2.0.0, false",
    "10.1.2.3/15, 10.0.0.0, true",
    "0.0.0.0/0, 255.1.1.1, true",
    "0.0.0.0/0, ::1, false",
    "10.1.2.3, 10.1.2.3, true",
    "10.1.2.3, 10.1.2.2, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
  })
  void prefix_contains(String prefix, String address, boolean inside) {
    assertEquals(inside, IpPrefix.parse(prefix).contains(InetAddress.ofLiteral(address)));
  }
}
