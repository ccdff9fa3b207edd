package io.vireo.vr.state;

import io.vireo.records.router.vireopunt.Punt;
import io.vireo.records.router.vireopunt.TrafficClass;
import io.vireo.vr.forward.PolicerSettings;
import io.vireo.vr.forward.PuntClass;
import io.vireo.vr.forward.PuntPolicers;
import java.util.ArrayList;
import java.util.List;

/// `/vireo-punt:punt`: every class with what is in force and what came of it.
final class PuntState {
  private PuntState() {}

  /// On the worker.
  static Punt of(PuntPolicers policers) {
    List<Punt.Policer> all = new ArrayList<>();
    for (PuntClass each : PuntClass.values()) {
      PolicerSettings settings = policers.settings(each);
      all.add(
          new Punt.Policer(
              TrafficClass.require(each.yangName()),
              (long) settings.ratePerSecond(),
              (long) settings.burst(),
              policers.accepted(each),
              policers.dropped(each)));
    }
    return new Punt(all);
  }
}
