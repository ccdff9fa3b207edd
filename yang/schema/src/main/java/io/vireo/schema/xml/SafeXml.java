package io.vireo.schema.xml;

import com.ctc.wstx.api.WstxInputProperties;
import com.ctc.wstx.stax.WstxInputFactory;
import com.ctc.wstx.stax.WstxOutputFactory;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;
import org.codehaus.stax2.XMLInputFactory2;

/// Stream readers for what strangers send: no DTD, no entities but the five of XML, bounded
/// nesting, attributes and text. Stream writers too. Thread-safe.
public final class SafeXml {
  private static final int MAX_DEPTH = 128;
  private static final int MAX_ATTRIBUTES = 64;
  private static final int MAX_ATTRIBUTE_CHARS = 8192;
  private static final int MAX_TEXT_CHARS = 4 << 20;

  private static final XMLInputFactory INPUT = inputFactory();
  private static final WstxOutputFactory OUTPUT = new WstxOutputFactory();

  private SafeXml() {}

  private static XMLInputFactory inputFactory() {
    WstxInputFactory factory = new WstxInputFactory();
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    // Lazily, a fault in text would surface as an unchecked exception out of getText.
    factory.setProperty(XMLInputFactory2.P_LAZY_PARSING, false);
    factory.setProperty(WstxInputProperties.P_MAX_ELEMENT_DEPTH, MAX_DEPTH);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTES_PER_ELEMENT, MAX_ATTRIBUTES);
    factory.setProperty(WstxInputProperties.P_MAX_ATTRIBUTE_SIZE, MAX_ATTRIBUTE_CHARS);
    factory.setProperty(WstxInputProperties.P_MAX_TEXT_LENGTH, MAX_TEXT_CHARS);
    return factory;
  }

  /// A reader of bytes; the XML declaration tells the encoding.
  public static XMLStreamReader reader(InputStream in) throws XMLStreamException {
    return INPUT.createXMLStreamReader(in);
  }

  /// A reader of bytes that are UTF-8, whatever their XML declaration says (RFC 6241 §3).
  public static XMLStreamReader utf8Reader(InputStream in) throws XMLStreamException {
    return INPUT.createXMLStreamReader(in, StandardCharsets.UTF_8.name());
  }

  /// A reader of characters.
  public static XMLStreamReader reader(Reader in) throws XMLStreamException {
    return INPUT.createXMLStreamReader(in);
  }

  /// A writer of UTF-8.
  public static XMLStreamWriter writer(OutputStream out) throws XMLStreamException {
    return OUTPUT.createXMLStreamWriter(out, StandardCharsets.UTF_8.name());
  }
}
