package io.vireo.vr.rib;

/// Where a route comes from, with the preference (administrative distance) it has unless configured
/// otherwise; the lowest wins. RFC 8349 calls connected and local routes "direct".
public enum RouteSource {
  LOCAL(0),
  CONNECTED(0),
  STATIC(1);

  private final int defaultPreference;

  RouteSource(int defaultPreference) {
    this.defaultPreference = defaultPreference;
  }

  public int defaultPreference() {
    return defaultPreference;
  }
}
