package io.vireo.datastore.api;

import java.util.List;

/// What came of a commit.
///
/// @param transaction its number in the history; the number of the last one if nothing changed
/// @param changed whether anything changed
/// @param warnings what can't be done as things stand, such as a port whose device is absent
public record CommitResult(long transaction, boolean changed, List<String> warnings) {
  public CommitResult {
    warnings = List.copyOf(warnings);
  }
}
