package io.vireo.generator.sid;

import io.vireo.generator.sid.SchemaItems.Item;
import io.vireo.generator.sid.SidAllocation.ModuleSids;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A second list of every number ever given, `SID module namespace identifier` a line. Whoever
/// renumbers a `.sid` file by hand, by tool or by merge contradicts it.
final class SidLedger {
  private final SortedMap<Long, String> lines = new TreeMap<>();

  static SidLedger parse(List<String> text) {
    SidLedger ledger = new SidLedger();
    for (String line : text) {
      if (!line.isBlank() && !line.startsWith("#")) {
        ledger.lines.put(Long.valueOf(line.substring(0, line.indexOf(' '))), line);
      }
    }
    return ledger;
  }

  /// Fails when a number that was given has changed its meaning or is gone.
  void requireKept(Collection<ModuleSids> all) {
    SidLedger now = new SidLedger();
    now.add(all);
    lines.forEach((sid, line) -> {
      String found = now.lines.get(sid);
      if (!line.equals(found)) {
        throw new IllegalStateException(
            "SID "
                + sid
                + " was given as '"
                + line
                + "' and now is '"
                + found
                + "': numbers never change; restore the .sid file");
      }
    });
  }

  void add(Collection<ModuleSids> all) {
    for (ModuleSids sids : all) {
      sids.items().forEach((sid, item) -> lines.put(sid, line(sids.module(), sid, item)));
    }
  }

  String print() {
    return "# Every SID ever given; written by the SID tool, never by hand.\n"
        + String.join("\n", lines.values())
        + "\n";
  }

  private static String line(String module, long sid, Item item) {
    return sid + " " + module + " " + item.namespace() + " " + item.identifier();
  }
}
