package io.vireo.generator.sid;

import io.vireo.generator.sid.SchemaItems.Item;
import io.vireo.generator.sid.SidAllocation.ModuleSids;
import io.vireo.generator.sid.SidAllocation.Range;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;

/// Prints a `.sid` file (RFC 9595 §4), items by number, each on a line of its own.
final class SidJson {
  private SidJson() {}

  static String print(ModuleSids sids) {
    StringBuilder out = new StringBuilder();
    out.append("{\n  \"ietf-sid-file:sid-file\": {\n");
    out.append("    \"module-name\": \"").append(sids.module()).append("\",\n");
    if (!sids.revision().isEmpty()) {
      out.append("    \"module-revision\": \"").append(sids.revision()).append("\",\n");
    }
    out.append("    \"assignment-range\": [\n");
    for (Iterator<Range> i = sids.ranges().iterator(); i.hasNext(); ) {
      Range range = i.next();
      out.append("      { \"entry-point\": \"")
          .append(range.entryPoint())
          .append("\", \"size\": \"")
          .append(range.size())
          .append("\" }")
          .append(i.hasNext() ? ",\n" : "\n");
    }
    out.append("    ],\n    \"item\": [\n");
    for (Iterator<Map.Entry<Long, Item>> i = sids.items().entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<Long, Item> entry = i.next();
      Item item = entry.getValue();
      out.append("      { \"status\": \"")
          .append(sids.current().contains(item) ? "unstable" : "obsolete")
          .append("\", \"namespace\": \"")
          .append(item.namespace().name().toLowerCase(Locale.ROOT))
          .append("\", \"identifier\": \"")
          .append(item.identifier())
          .append("\", \"sid\": \"")
          .append(entry.getKey())
          .append("\" }")
          .append(i.hasNext() ? ",\n" : "\n");
    }
    return out.append("    ]\n  }\n}\n").toString();
  }
}
