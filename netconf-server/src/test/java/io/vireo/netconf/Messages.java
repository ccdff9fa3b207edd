package io.vireo.netconf;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What tests send and look for in replies.
final class Messages {
  private Messages() {}

  static String edit(String target, String config) {
    return "<edit-config><target><%s/></target><config>%s</config></edit-config>"
        .formatted(target, config);
  }

  static void assertOk(String reply) {
    assertTrue(reply.contains("<ok/>"), reply);
  }

  /// The text of the first element of a name.
  static String element(String name, String reply) {
    Matcher matcher = Pattern.compile("<" + name + "[^>]*>([^<]*)</" + name + ">").matcher(reply);
    assertTrue(matcher.find(), reply);
    return matcher.group(1);
  }

  /// The first error's tag.
  static String tag(String reply) {
    return element("error-tag", reply);
  }
}
