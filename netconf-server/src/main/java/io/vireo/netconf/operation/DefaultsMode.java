package io.vireo.netconf.operation;

import io.vireo.datastore.api.DefaultsShown;
import io.vireo.datastore.api.ManagementException;
import io.vireo.netconf.rpc.Namespaces;
import io.vireo.netconf.rpc.Params;
import io.vireo.netconf.rpc.RpcErrors;
import java.util.Map;
import javax.xml.stream.XMLStreamException;

/// How default data is told (RFC 6243 §3). The basic mode is [#EXPLICIT]: what a client has set is
/// kept and told, be it the default or not.
enum DefaultsMode {
  EXPLICIT("explicit", DefaultsShown.EXPLICIT),
  REPORT_ALL("report-all", DefaultsShown.ALL),
  /// Nodes that nobody has set have an attribute that says so.
  REPORT_ALL_TAGGED("report-all-tagged", DefaultsShown.ALL),
  TRIM("trim", DefaultsShown.NONE);

  /// The parameter, for [Params].
  static final Map<String, String> PARAMETER = Map.of("with-defaults", Namespaces.WITH_DEFAULTS);

  private final String yangName;
  private final DefaultsShown shown;

  DefaultsMode(String yangName, DefaultsShown shown) {
    this.yangName = yangName;
    this.shown = shown;
  }

  DefaultsShown shown() {
    return shown;
  }

  /// Reads the parameter, at whose start `params` stands.
  static DefaultsMode read(Params params) throws XMLStreamException, ManagementException {
    String text = params.text();
    for (DefaultsMode mode : values()) {
      if (mode.yangName.equals(text)) {
        return mode;
      }
    }
    throw RpcErrors.invalidValue(
        "'"
            + text
            + "' is no with-defaults mode: use report-all, report-all-tagged, trim or explicit");
  }
}
