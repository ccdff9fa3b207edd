package io.vireo.netconf.xml;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.api.WstxOutputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.stax.WstxOutputFactory;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/// Makes readers and writers. Thread-safe.
public final class XmlFactories {
  private static final int MAX_DEPTH = 256;
  private static final int MAX_ATTRIBUTES = 64;
  private static final int MAX_ATTRIBUTE_CHARS = 65_536;
  private static final int MAX_TEXT_CHARS = 16 << 20;

  private static final WstxInputFactory INPUT = input();
  private static final WstxOutputFactory OUTPUT = output();

  private XmlFactories() {}

  private static WstxInputFactory input() {
    WstxInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, MAX_DEPTH);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MAX_ATTRIBUTES);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, MAX_ATTRIBUTE_CHARS);
    factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, MAX_TEXT_CHARS);
    return factory;
  }

  private static WstxOutputFactory output() {
    WstxOutputFactory factory = new WstxOutputFactory();
    factory.setProperty(XMLOutputFactory.IS_REPAIRING_NAMESPACES, false);
    factory.setProperty(WstxOutputProperties.P_OUTPUT_VALIDATE_STRUCTURE, false);
    return factory;
  }

  /// Reads a message. RFC 6241 §3: it is UTF-8 and has no document type declaration.
  public static XMLStreamReader reader(InputStream message) throws XMLStreamException {
    return INPUT.createXMLStreamReader(message, StandardCharsets.UTF_8.name());
  }

  public static XMLStreamWriter writer(OutputStream message) throws XMLStreamException {
    return OUTPUT.createXMLStreamWriter(message, StandardCharsets.UTF_8.name());
  }
}
