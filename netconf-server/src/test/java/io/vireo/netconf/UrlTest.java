package io.vireo.netconf;

import static io.vireo.netconf.Messages.assertOk;
import static io.vireo.netconf.Messages.edit;
import static io.vireo.netconf.Messages.element;
import static io.vireo.netconf.Messages.tag;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 6241 §8.8, and `validate` of what stands in no datastore (§8.6).
@Timeout(120)
class UrlTest {
  private static final String SYSTEM =
      "<system xmlns='urn:vireo:yang:vireo-system'><contact>%s</contact></system>";
  private static final String ROUTER =
      "<logical-network-elements"
          + " xmlns='urn:ietf:params:xml:ns:yang:ietf-logical-network-element'>"
          + "<logical-network-element><name>blue</name><root>"
          + "<interfaces xmlns='urn:ietf:params:xml:ns:yang:ietf-interfaces'><interface>"
          + "<name>lo</name>%s</interface></interfaces></root>"
          + "</logical-network-element></logical-network-elements>";
  private static final String LOOPBACK =
      "<type xmlns:i='urn:ietf:params:xml:ns:yang:iana-if-type'>i:softwareLoopback</type>";

  @TempDir Path directory = Path.of("");

  @SuppressWarnings("NullAway.Init")
  private Path files;

  @SuppressWarnings("NullAway.Init")
  private TestServer server;

  @SuppressWarnings("NullAway.Init")
  private TestClient client;

  @BeforeEach
  void open() throws Exception {
    files = directory.resolve("files");
    server = new TestServer(directory, TestClient.USERS, files);
    client = server.client();
    assertOk(client.call(edit("running", SYSTEM.formatted("first") + ROUTER.formatted(LOOPBACK))));
  }

  @AfterEach
  void close() throws Exception {
    client.close();
    server.close();
  }

  private String copy(String source, String target) throws Exception {
    return client.call(
        "<copy-config><target>%s</target><source>%s</source></copy-config>"
            .formatted(target, source));
  }

  private static String url(String name) {
    return "<url>file:///" + name + "</url>";
  }

  private String contact(String datastore) throws Exception {
    return element(
        "contact",
        client.call("<get-config><source><%s/></source></get-config>".formatted(datastore)));
  }

  private List<String> names() throws Exception {
    try (Stream<Path> all = Files.list(files)) {
      return all.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void running_copiedToFileAndBack() throws Exception {
    assertOk(copy("<running/>", url("kept.xml")));
    String kept = Files.readString(files.resolve("kept.xml"));
    assertTrue(kept.contains("first") && kept.contains("softwareLoopback"), kept);
    assertOk(client.call(edit("running", SYSTEM.formatted("second"))));

    assertOk(copy(url("kept.xml"), "<running/>"));

    assertEquals("first", contact("running"));
    assertOk(copy(url("kept.xml"), url("again.xml")));
    assertEquals(kept, Files.readString(files.resolve("again.xml")));
    assertEquals(List.of("again.xml", "kept.xml"), names());
  }

  @Test
  void file_editedInto_andDeleted() throws Exception {
    assertOk(copy("<config>" + SYSTEM.formatted("filed") + "</config>", url("part")));
    assertOk(
        client.call("<edit-config><target><candidate/></target>" + url("part") + "</edit-config>"));
    assertEquals("filed", contact("candidate"));

    String delete = "<delete-config><target>%s</target></delete-config>";
    assertOk(client.call(delete.formatted(url("part"))));

    assertEquals(List.of(), names());
    assertEquals("invalid-value", tag(client.call(delete.formatted(url("part")))));
    assertEquals("invalid-value", tag(copy(url("part"), "<candidate/>")));
  }

  @Test
  void validate_ofFileAndMessage_saysWhatIsWrong() throws Exception {
    String good = SYSTEM.formatted("x") + ROUTER.formatted(LOOPBACK);
    String bad = ROUTER.formatted("<description>a port without a type</description>");
    String validate = "<validate><source>%s</source></validate>";
    assertOk(client.call(validate.formatted("<config>" + good + "</config>")));
    String refused = client.call(validate.formatted("<config>" + bad + "</config>"));
    assertEquals("data-missing", tag(refused));
    assertTrue(refused.contains("needs 'type'"), refused);

    assertOk(copy("<config>" + bad + "</config>", url("bad")));
    assertEquals(tag(refused), tag(client.call(validate.formatted(url("bad")))));
    assertEquals("first", contact("running"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///../db/vireo.db",
        "file:///..%2fdb",
        "file:///a/b",
        "file:///.hidden",
        "file:///",
        "file:///link",
        "file://elsewhere/a",
        "file:///a?b",
        "http://192.0.2.1/a",
        "/etc/passwd",
        "no url at all"
      })
  void placesElsewhere_areRefused(String place) throws Exception {
    Files.createDirectories(files);
    Path outside = Files.writeString(directory.resolve("outside"), "<config/>");
    Files.createSymbolicLink(files.resolve("link"), outside);

    assertEquals(
        "invalid-value",
        tag(copy("<url>" + place.replace("&", "&amp;") + "</url>", "<candidate/>")));
    if (!place.endsWith("link")) {
      assertEquals("invalid-value", tag(copy("<running/>", "<url>" + place + "</url>")));
    } else {
      assertOk(copy("<running/>", "<url>" + place + "</url>")); // the link is replaced
    }
    assertEquals("<config/>", Files.readString(outside));
  }

  @Test
  void unreadableFile_isInvalidValue_notMalformedMessage() throws Exception {
    Files.createDirectories(files);
    Files.writeString(
        files.resolve("broken"), "<config xmlns='urn:ietf:params:xml:ns:netconf:base:1.0'>");
    Files.writeString(files.resolve("other"), "<data/>");
    for (String name : List.of("broken", "other")) {
      String reply = copy(url(name), "<candidate/>");
      assertEquals("invalid-value", tag(reply));
      assertTrue(reply.contains("file:///" + name), reply);
    }
    assertEquals("first", contact("candidate"));
  }

  @Test
  void withoutFolder_urlIsNotSupported() throws Exception {
    try (TestServer plain = new TestServer(directory.resolve("plain"), TestClient.USERS);
        TestClient other = plain.client()) {
      assertFalse(other.hello().contains("capability:url"), other.hello());
      assertEquals(
          "operation-not-supported",
          tag(
              other.call(
                  "<edit-config><target><candidate/></target>" + url("a") + "</edit-config>")));
    }
  }
}
