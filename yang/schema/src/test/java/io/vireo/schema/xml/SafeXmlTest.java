package io.vireo.schema.xml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.junit.jupiter.api.Test;

class SafeXmlTest {
  @Test
  void reader_undeclaredEntity_isRefused() {
    assertThrows(XMLStreamException.class, () -> text("<a>x&nope;y</a>"));
  }

  @Test
  void reader_entityOfDocumentType_isNotExpanded() {
    assertThrows(
        XMLStreamException.class, () -> text("<!DOCTYPE a [<!ENTITY e 'boom'>]><a>x&e;y</a>"));
  }

  @Test
  void reader_entitiesOfXml_areText() throws Exception {
    assertEquals("<&>'\"", text("<a>&lt;&amp;&gt;&apos;&quot;</a>"));
  }

  @Test
  void reader_nestingBeyondBound_isRefused() throws Exception {
    assertEquals("", text("<a>".repeat(127) + "<b/>" + "</a>".repeat(127)));
    assertThrows(
        XMLStreamException.class, () -> text("<a>".repeat(128) + "<b/>" + "</a>".repeat(128)));
  }

  @Test
  void utf8Reader_declarationOfAnotherEncoding_isIgnored() throws Exception {
    String document = "<?xml version='1.0' encoding='ISO-8859-1'?><a>\u00e9</a>";
    assertEquals("\u00e9", text(document));
  }

  private static String text(String document) throws XMLStreamException {
    XMLStreamReader in =
        SafeXml.utf8Reader(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
    StringBuilder text = new StringBuilder();
    while (in.hasNext()) {
      if (in.next() == XMLStreamReader.CHARACTERS) {
        text.append(in.getText());
      }
    }
    return text.toString();
  }
}
