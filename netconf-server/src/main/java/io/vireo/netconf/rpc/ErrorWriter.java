package io.vireo.netconf.rpc;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementError;
import io.vireo.netconf.xml.InstancePath;
import io.vireo.schema.DeviceSchema;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;

/// Writes `rpc-error` elements (RFC 6241 §4.3).
public final class ErrorWriter {
  /// RFC 6241, Appendix A gives error-info these children first, in this order.
  private static final List<String> INFO_ORDER =
      List.of("bad-attribute", "bad-element", "bad-namespace", "session-id");

  private final DeviceSchema schema;
  private final boolean knowsMalformedMessage;

  /// @param base11 whether both sides said base:1.1
  public ErrorWriter(DeviceSchema schema, boolean base11) {
    this.schema = schema;
    knowsMalformedMessage = base11;
  }

  void write(Reply reply, ManagementError error) throws XMLStreamException {
    // RFC 6241, Appendix A: malformed-message is not sent to a peer that speaks base:1.0 only.
    ErrorTag tag =
        error.tag() == ErrorTag.MALFORMED_MESSAGE && !knowsMalformedMessage
            ? ErrorTag.OPERATION_FAILED
            : error.tag();
    reply.start("rpc-error");
    reply.leaf("error-type", error.type().name().toLowerCase(Locale.ROOT));
    reply.leaf("error-tag", tag.text());
    reply.leaf("error-severity", "error");
    String appTag = error.appTag();
    if (appTag != null) {
      reply.leaf("error-app-tag", appTag);
    }
    path(reply, error);
    reply.start("error-message");
    reply.xml().writeAttribute("xml", "http://www.w3.org/XML/1998/namespace", "lang", "en");
    reply.text(error.message());
    reply.end();
    info(reply, error.info());
    reply.end();
  }

  private void path(Reply reply, ManagementError error) throws XMLStreamException {
    @Nullable InstancePath path = InstancePath.of(schema, error.tree(), error.path());
    if (path == null) {
      return;
    }
    reply.start("error-path");
    for (Map.Entry<String, String> prefix : path.prefixes().entrySet()) {
      reply.xml().writeNamespace(prefix.getKey(), prefix.getValue());
    }
    reply.text(path.text());
    reply.end();
  }

  private static void info(Reply reply, Map<String, String> info) throws XMLStreamException {
    if (info.isEmpty()) {
      return;
    }
    reply.start("error-info");
    for (String name : INFO_ORDER) {
      String value = info.get(name);
      if (value != null) {
        reply.leaf(name, value);
      }
    }
    for (String name : info.keySet().stream().sorted().toList()) {
      if (!INFO_ORDER.contains(name)) {
        reply.leaf(name, info.getOrDefault(name, ""));
      }
    }
    reply.end();
  }
}
