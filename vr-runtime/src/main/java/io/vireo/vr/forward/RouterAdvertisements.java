package io.vireo.vr.forward;

import io.vireo.vr.wire.Ipv6Prefix;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What an interface tells hosts of itself (RFC 4861 §6.2.1), as `ietf-ipv6-router-advertisements`
/// (RFC 8349) has it.
///
/// @param send AdvSendAdvertisements
/// @param lifetimeSeconds how long it is a default router; 0: it is none
/// @param linkMtuBytes 0: not told
/// @param reachableTimeMs 0: not told
/// @param retransTimerMs 0: not told
/// @param hopLimit 0: not told
/// @param prefixes those that differ from the default, which is every prefix on the link
public record RouterAdvertisements(
    boolean send,
    int maxIntervalSeconds,
    int minIntervalSeconds,
    boolean managed,
    boolean otherConfig,
    int linkMtuBytes,
    int reachableTimeMs,
    int retransTimerMs,
    int hopLimit,
    int lifetimeSeconds,
    Map<Ipv6Prefix, AdvertisedPrefix> prefixes) {
  /// How a prefix is advertised.
  ///
  /// @param advertise false: not at all
  /// @param validSeconds unsigned; all ones: for ever
  /// @param preferredSeconds likewise
  public record AdvertisedPrefix(
      boolean advertise,
      boolean onLink,
      boolean autonomous,
      int validSeconds,
      int preferredSeconds) {
    /// RFC 4861 §6.2.1: thirty days, seven days.
    public static final AdvertisedPrefix DEFAULT =
        new AdvertisedPrefix(true, true, true, 2_592_000, 604_800);
  }

  /// A prefix as it goes out.
  record Advertised(Ipv6Prefix prefix, AdvertisedPrefix how) {}

  /// Nothing is sent.
  public static final RouterAdvertisements NONE =
      new RouterAdvertisements(false, 600, 198, false, false, 0, 0, 0, 64, 1800, Map.of());

  public RouterAdvertisements {
    prefixes = Map.copyOf(prefixes);
  }

  /// What is advertised on a link with these addresses: their prefixes, and those configured.
  List<Advertised> advertised(List<Ipv6InterfaceAddress> addresses) {
    SortedMap<Ipv6Prefix, AdvertisedPrefix> all = new TreeMap<>();
    for (Ipv6InterfaceAddress own : addresses) {
      if (!own.isLinkLocal() && own.prefixLength() < 128) {
        all.put(own.subnet(), AdvertisedPrefix.DEFAULT);
      }
    }
    all.putAll(prefixes);
    return all.entrySet().stream()
        .filter(each -> each.getValue().advertise())
        .map(each -> new Advertised(each.getKey(), each.getValue()))
        .toList();
  }
}
