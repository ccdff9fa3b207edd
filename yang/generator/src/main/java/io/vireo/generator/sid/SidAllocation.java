package io.vireo.generator.sid;

import io.vireo.generator.sid.SchemaItems.Item;
import io.vireo.generator.sid.SchemaItems.ModuleItems;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/// Gives numbers to items that have none. Pure: the same numbers held and the same schema make the
/// same result.
final class SidAllocation {
  /// RFC 9595 §6.3.3: the experimental space starts here.
  static final long FIRST = 60_000;

  static final long LAST = 99_999;

  /// Ranges are multiples of this, so that a module's additions stay near its other numbers.
  static final long RANGE_STEP = 50;

  /// Numbers from `entryPoint` on that belong to one module.
  record Range(long entryPoint, long size) {
    Range {
      if (entryPoint < FIRST || size <= 0 || entryPoint + size - 1 > LAST) {
        throw new IllegalArgumentException(
            "range of " + size + " from " + entryPoint + " is not in " + FIRST + ".." + LAST);
      }
    }

    long end() {
      return entryPoint + size;
    }
  }

  /// The numbers of one module.
  ///
  /// @param current the items that the models still have
  record ModuleSids(
      String module,
      String revision,
      List<Range> ranges,
      SortedMap<Long, Item> items,
      Set<Item> current) {}

  private SidAllocation() {}

  /// What was held before, with numbers for everything in `schema`.
  static SortedMap<String, ModuleSids> extend(
      Map<String, ModuleSids> held, SortedMap<String, ModuleItems> schema) {
    SortedMap<String, ModuleSids> result = new TreeMap<>();
    held.values().forEach(sids -> result.put(sids.module, copy(sids)));
    schema.forEach((module, items) -> extendModule(result, module, items));
    return result;
  }

  private static ModuleSids copy(ModuleSids sids) {
    return new ModuleSids(
        sids.module,
        sids.revision,
        new ArrayList<>(sids.ranges),
        new TreeMap<>(sids.items),
        new LinkedHashSet<>());
  }

  private static void extendModule(
      SortedMap<String, ModuleSids> all, String module, ModuleItems schema) {
    ModuleSids before = all.get(module);
    ModuleSids sids =
        new ModuleSids(
            module,
            schema.revision(),
            before == null ? new ArrayList<>() : before.ranges,
            before == null ? new TreeMap<>() : before.items,
            schema.items());
    all.put(module, sids);
    Map<Item, Long> known = new LinkedHashMap<>();
    sids.items.forEach((sid, item) -> known.put(item, sid));
    List<Item> unnumbered = new ArrayList<>(schema.items());
    unnumbered.removeIf(known::containsKey);
    if (unnumbered.isEmpty()) {
      return;
    }
    // A number once given to something else of the module is in `items` and so never free.
    List<Long> free = freeNumbers(sids);
    if (free.size() < unnumbered.size()) {
      long missing = unnumbered.size() - (long) free.size();
      sids.ranges.add(new Range(nextEntryPoint(all.values()), roundUp(missing)));
      free = freeNumbers(sids);
    }
    for (int i = 0; i < unnumbered.size(); i++) {
      sids.items.put(free.get(i), unnumbered.get(i));
    }
  }

  private static List<Long> freeNumbers(ModuleSids sids) {
    List<Long> free = new ArrayList<>();
    for (Range range : sids.ranges) {
      for (long sid = range.entryPoint; sid < range.end(); sid++) {
        if (!sids.items.containsKey(sid)) {
          free.add(sid);
        }
      }
    }
    return free;
  }

  private static long nextEntryPoint(Collection<ModuleSids> all) {
    return all.stream()
        .flatMap(sids -> sids.ranges.stream())
        .mapToLong(Range::end)
        .max()
        .orElse(FIRST);
  }

  /// Room for half as much again.
  private static long roundUp(long missing) {
    long wanted = missing + missing / 2;
    return (wanted + RANGE_STEP - 1) / RANGE_STEP * RANGE_STEP;
  }
}
