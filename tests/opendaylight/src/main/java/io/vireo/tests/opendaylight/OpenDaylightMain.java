package io.vireo.tests.opendaylight;

import java.util.List;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.w3c.dom.Document;

/// What a controller does with a device that it has not seen before: it downloads and compiles the
/// schema, edits, commits, reads back, and is refused in the right words.
public final class OpenDaylightMain {
  private static final String SYSTEM =
      "<system xmlns=\"urn:vireo:yang:vireo-system\"><contact>%s</contact></system>";

  private OpenDaylightMain() {}

  /// @param arguments address, port, user, password
  public static void main(String[] arguments) throws Exception {
    try (OpenDaylightClient client =
        new OpenDaylightClient(
            arguments[0], Integer.parseInt(arguments[1]), arguments[2], arguments[3])) {
      System.out.println(client.capabilities().size() + " capabilities");
      EffectiveModelContext schema = DownloadedSchema.of(client);
      System.out.println(schema.getModules().size() + " modules compiled");
      edit(client);
      refuse(client);
    }
    System.out.println("all went well");
    System.exit(0); // the library's threads go on
  }

  private static void edit(OpenDaylightClient client) throws Exception {
    client.call("<lock><target><candidate/></target></lock>");
    client.call(
        "<edit-config><target><candidate/></target><config>"
            + SYSTEM.formatted("OpenDaylight")
            + "</config></edit-config>");
    client.call("<validate><source><candidate/></source></validate>");
    client.call("<commit/>");
    client.call("<unlock><target><candidate/></target></unlock>");
    Document read = client.call("<get-config><source><running/></source></get-config>");
    require(OpenDaylightClient.text(read), "<contact>OpenDaylight</contact>");
    System.out.println("edited, committed and read back");
  }

  private static void refuse(OpenDaylightClient client) throws Exception {
    for (String wrong :
        List.of(
            "<edit-config><target><candidate/></target><config><system"
                + " xmlns=\"urn:vireo:yang:vireo-system\"><none/></system></config></edit-config>",
            "<get-config><source><none/></source></get-config>")) {
      try {
        client.call(wrong);
      } catch (IllegalStateException refused) {
        require(String.valueOf(refused.getMessage()), "<bad-element>none</bad-element>");
        continue;
      }
      throw new IllegalStateException("not refused: " + wrong);
    }
    System.out.println("wrong requests are refused by name");
  }

  private static void require(String text, String part) {
    if (!text.contains(part)) {
      throw new IllegalStateException("no " + part + " in " + text);
    }
  }
}
