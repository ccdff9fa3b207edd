package io.vireo.vr.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/// Cuts lists into pages that fit a frame.
final class Pages {
  /// What one page may weigh. A unit is a small record of at most some 100 bytes as YANG-CBOR, so
  /// that a page stays far below the frame's 1 MiB.
  static final int WEIGHT = 2000;

  private Pages() {}

  /// The parts of `all` in order, each at most [#WEIGHT] heavy or of one element; none when empty.
  static <T> List<List<T>> cut(List<T> all, ToIntFunction<T> weight) {
    List<List<T>> pages = new ArrayList<>();
    int from = 0;
    int sum = 0;
    for (int i = 0; i < all.size(); i++) {
      int each = weight.applyAsInt(all.get(i));
      if (i > from && sum + each > WEIGHT) {
        pages.add(all.subList(from, i));
        from = i;
        sum = 0;
      }
      sum += each;
    }
    if (from < all.size()) {
      pages.add(all.subList(from, all.size()));
    }
    return pages;
  }
}
