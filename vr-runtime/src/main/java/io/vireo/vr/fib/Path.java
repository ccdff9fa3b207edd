package io.vireo.vr.fib;

import java.util.List;

/// One of the paths of a next-hop group.
///
/// @param weight its share of the flows, against the other paths' weights: 1 to [#MAX_WEIGHT]
public record Path(Adjacency adjacency, int weight) {
  public static final int MAX_WEIGHT = 0xffff;

  public Path {
    if (weight < 1 || weight > MAX_WEIGHT) {
      throw new IllegalArgumentException(
          "a path of weight " + weight + "; 1 to " + MAX_WEIGHT + " are possible");
    }
  }

  public static Path of(Adjacency adjacency) {
    return new Path(adjacency, 1);
  }

  /// Paths with the same share each.
  public static List<Path> equal(List<Adjacency> adjacencies) {
    return adjacencies.stream().map(Path::of).toList();
  }
}
