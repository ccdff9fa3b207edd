package io.vireo.netconf.operation;

import io.vireo.datastore.api.CommitOptions;
import io.vireo.datastore.api.CommitOptions.Confirmed;
import io.vireo.datastore.api.ManagementException;
import io.vireo.netconf.rpc.Params;
import io.vireo.netconf.rpc.RpcErrors;
import java.util.Set;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// The parameters of `commit` (RFC 6241 §8.4.5).
final class CommitParameters {
  private static final Set<String> KNOWN =
      Set.of("confirmed", "confirm-timeout", "persist", "persist-id");

  private CommitParameters() {}

  /// Reads to the operation's end.
  static CommitOptions read(XMLStreamReader xml) throws XMLStreamException, ManagementException {
    Params params = new Params(xml, KNOWN);
    boolean confirmed = false;
    @Nullable String timeout = null;
    @Nullable String persist = null;
    @Nullable String persistId = null;
    while (params.next()) {
      switch (params.name()) {
        case "confirmed" -> {
          params.text();
          confirmed = true;
        }
        case "confirm-timeout" -> timeout = params.text();
        case "persist" -> persist = token(params.name(), params.text());
        default -> persistId = token(params.name(), params.text());
      }
    }
    if (!confirmed && (timeout != null || persist != null)) {
      throw RpcErrors.missingElement("confirmed", "commit");
    }
    return new CommitOptions(
        null,
        confirmed
            ? new Confirmed(
                timeout == null ? CommitOptions.DEFAULT_TIMEOUT_S : seconds(timeout), persist)
            : null,
        persistId);
  }

  private static String token(String name, String text) throws ManagementException {
    if (text.isEmpty()) {
      throw RpcErrors.invalidValue("<" + name + "> is empty: it is a token that only you know");
    }
    return text;
  }

  private static int seconds(String text) throws ManagementException {
    int seconds;
    try {
      seconds = Integer.parseInt(text);
    } catch (NumberFormatException e) {
      seconds = 0;
    }
    if (seconds < 1) {
      throw RpcErrors.invalidValue(
          "confirm-timeout '" + text + "' must be a number of seconds from 1 to 2147483647");
    }
    return seconds;
  }
}
