package io.vireo.generator.model;

import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/// The parts of a range or length restriction, least and greatest of each.
record Bounds(List<BigDecimal> pairs) {

  static Bounds of(RangeSet<?> ranges) {
    List<BigDecimal> pairs = new ArrayList<>();
    for (Range<?> part : ranges.asRanges()) {
      pairs.add(new BigDecimal(part.lowerEndpoint().toString()));
      pairs.add(new BigDecimal(part.upperEndpoint().toString()));
    }
    return new Bounds(pairs);
  }

  BigDecimal least() {
    return pairs.getFirst();
  }

  BigDecimal greatest() {
    return pairs.getLast();
  }

  boolean isOnePart() {
    return pairs.size() == 2;
  }

  /// Whether, as lengths, they say nothing: built-in types have such bounds.
  boolean isAnyLength() {
    return isOnePart() && least().signum() == 0 && greatest().longValue() >= Integer.MAX_VALUE;
  }

  /// As arguments of the methods of `Restrictions` that take longs; uint64 above the signed range
  /// becomes the negative long with its bits.
  String longs() {
    List<String> literals = new ArrayList<>();
    pairs.forEach(bound -> literals.add(bound.toBigInteger().longValue() + "L"));
    return String.join(", ", literals);
  }

  /// As arguments of the method that takes decimal numbers.
  String strings() {
    List<String> literals = new ArrayList<>();
    pairs.forEach(bound -> literals.add("\"" + bound.toPlainString() + "\""));
    return String.join(", ", literals);
  }

  /// In YANG's notation.
  String text() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pairs.size(); i += 2) {
      BigDecimal low = pairs.get(i);
      BigDecimal high = pairs.get(i + 1);
      text.append(i == 0 ? "" : " | ").append(low.toPlainString());
      if (low.compareTo(high) != 0) {
        text.append("..").append(high.toPlainString());
      }
    }
    return text.toString();
  }
}
