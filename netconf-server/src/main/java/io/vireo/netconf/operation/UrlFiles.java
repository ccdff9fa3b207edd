package io.vireo.netconf.operation;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError.ErrorType;
import io.vireo.datastore.api.ManagementException;
import io.vireo.netconf.rpc.Namespaces;
import io.vireo.netconf.rpc.RpcErrors;
import io.vireo.schema.xml.SafeXml;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import javax.xml.stream.XMLStreamWriter;

/// Configurations in files of one folder (RFC 6241 §8.8): `file:///NAME`. There are no folders in
/// it and nothing leads out of it; links are not followed. A file is written whole or not at all.
public final class UrlFiles {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");
  private static final int MAX_FILES = 100;
  private static final String ASIDE = ".new";

  private final Path folder;

  /// @param folder of nobody else; made when the first file is written
  public UrlFiles(Path folder) {
    this.folder = folder;
  }

  /// Reads the content of a file's `config`.
  interface Reading<T> {
    T read(XMLStreamReader xml) throws XMLStreamException, ManagementException;
  }

  /// Writes the content of a file's `config`.
  interface Writing {
    void write(XMLStreamWriter xml) throws XMLStreamException;
  }

  <T> T read(String url, Reading<T> reading) throws ManagementException {
    Path file = file(url);
    try (InputStream in =
        new BufferedInputStream(Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS))) {
      XMLStreamReader xml = SafeXml.reader(in);
      xml.nextTag();
      if (!xml.getLocalName().equals("config") || !Namespaces.BASE.equals(xml.getNamespaceURI())) {
        throw RpcErrors.invalidValue(url + " is no <config> of the namespace " + Namespaces.BASE);
      }
      T content = reading.read(xml);
      while (xml.hasNext()) {
        xml.next();
      }
      return content;
    } catch (XMLStreamException malformed) {
      throw RpcErrors.invalidValue(url + " can't be read as XML: " + malformed.getMessage());
    } catch (IOException missing) {
      throw RpcErrors.invalidValue(
          Files.exists(file, LinkOption.NOFOLLOW_LINKS)
              ? url + " can't be read: " + missing.getMessage()
              : "there is no " + url);
    }
  }

  synchronized void write(String url, Writing writing) throws ManagementException {
    Path file = file(url);
    Path aside = folder.resolve(file.getFileName() + ASIDE);
    try {
      Files.createDirectories(folder);
      requireRoom(file);
      Files.deleteIfExists(aside);
      try (FileChannel channel =
              FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
          OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel))) {
        XMLStreamWriter xml = SafeXml.writer(out);
        xml.writeStartElement("", "config", Namespaces.BASE);
        xml.writeDefaultNamespace(Namespaces.BASE);
        writing.write(xml);
        xml.writeEndElement();
        xml.writeEndDocument();
        xml.close();
        out.flush();
        channel.force(true);
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | XMLStreamException failed) {
      removeQuietly(aside);
      throw failure(url + " can't be written: " + failed.getMessage());
    }
  }

  synchronized void delete(String url) throws ManagementException {
    try {
      if (!Files.deleteIfExists(file(url))) {
        throw RpcErrors.invalidValue("there is no " + url);
      }
    } catch (IOException failed) {
      throw failure(url + " can't be deleted: " + failed.getMessage());
    }
  }

  private void requireRoom(Path file) throws IOException, ManagementException {
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      if (files.count() >= MAX_FILES) {
        throw RpcErrors.error(
            ErrorType.APPLICATION,
            ErrorTag.RESOURCE_DENIED,
            null,
            "there are " + MAX_FILES + " files already: delete one (<delete-config>) first",
            Map.of());
      }
    }
  }

  private static void removeQuietly(Path aside) {
    try {
      Files.deleteIfExists(aside);
    } catch (IOException left) {
      // The next write of that name removes it.
      return;
    }
  }

  private static ManagementException failure(String message) {
    return RpcErrors.error(
        ErrorType.APPLICATION, ErrorTag.OPERATION_FAILED, null, message, Map.of());
  }

  private Path file(String url) throws ManagementException {
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException wrong) {
      throw RpcErrors.invalidValue("'" + url + "' is no URL: " + wrong.getReason());
    }
    String authority = uri.getRawAuthority();
    String path = uri.getRawPath();
    if (!"file".equalsIgnoreCase(uri.getScheme())
        || (authority != null && !authority.equals("localhost"))
        || path == null
        || uri.getRawQuery() != null
        || uri.getRawFragment() != null) {
      throw RpcErrors.invalidValue("'" + url + "' is not served: a URL here is file:///NAME");
    }
    String name = path.startsWith("/") ? path.substring(1) : path;
    if (!NAME.matcher(name).matches() || name.endsWith(ASIDE)) {
      throw RpcErrors.invalidValue(
          "'"
              + name
              + "' is no name of a file here: letters, digits, '_', '-' and '.', at most 100, and no"
              + " folders");
    }
    return folder.resolve(name);
  }
}
