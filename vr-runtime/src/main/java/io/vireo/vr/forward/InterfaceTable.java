package io.vireo.vr.forward;

import io.vireo.drivers.PacketPool;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The router's interfaces by index (from 1; 0 is "the router itself") and by name.
public final class InterfaceTable {
  private final PacketPool pool;
  private final Map<String, RouterInterface> byName = new LinkedHashMap<>();
  private @Nullable RouterInterface[] byIndex = new RouterInterface[8];
  private int nextIndex = 1;

  public InterfaceTable(PacketPool pool) {
    this.pool = pool;
  }

  /// The interface of that name, made if it is new.
  public RouterInterface require(String name, boolean loopback) {
    RouterInterface known = byName.get(name);
    if (known != null) {
      return known;
    }
    RouterInterface made = new RouterInterface(nextIndex, name, loopback, pool);
    if (nextIndex == byIndex.length) {
      byIndex = Arrays.copyOf(byIndex, nextIndex * 2);
    }
    byIndex[nextIndex++] = made;
    byName.put(name, made);
    return made;
  }

  /// Forgets an interface; its index is not used again.
  public void remove(String name) {
    RouterInterface gone = byName.remove(name);
    if (gone != null) {
      gone.setVlan(null, null);
      byIndex[gone.index()] = null;
    }
  }

  public @Nullable RouterInterface lookup(String name) {
    return byName.get(name);
  }

  public @Nullable RouterInterface lookup(int index) {
    return index > 0 && index < nextIndex ? byIndex[index] : null;
  }

  public List<RouterInterface> all() {
    return List.copyOf(byName.values());
  }

  /// The first interface, in the order in which they were made, of which that is so; null: none.
  public @Nullable RouterInterface first(Predicate<RouterInterface> wanted) {
    for (int i = 1; i < nextIndex; i++) {
      RouterInterface candidate = byIndex[i];
      if (candidate != null && wanted.test(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  /// Whether a usable IPv6 address is ours alone.
  boolean hasIpv6Address(long high, long low) {
    for (int i = 1; i < nextIndex; i++) {
      RouterInterface candidate = byIndex[i];
      if (candidate != null && candidate.ipv6().hasAddress(high, low)) {
        return true;
      }
    }
    return false;
  }

  /// An address packets of the router itself may carry when their interface has none.
  int anyAddress() {
    for (int i = 1; i < nextIndex; i++) {
      RouterInterface candidate = byIndex[i];
      if (candidate != null && candidate.adminUp() && candidate.primaryAddress() != 0) {
        return candidate.primaryAddress();
      }
    }
    return 0;
  }

  int limit() {
    return nextIndex;
  }
}
