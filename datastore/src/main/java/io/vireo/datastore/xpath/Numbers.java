package io.vireo.datastore.xpath;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/// XPath's numbers as text and back (XPath 1.0 §4.2, §4.4).
final class Numbers {
  private static final Pattern NUMBER = Pattern.compile("-?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)");
  private static final double WHOLE_LIMIT = 1e15;

  private Numbers() {}

  static double parse(String text) {
    String stripped = text.strip();
    return NUMBER.matcher(stripped).matches() ? Double.parseDouble(stripped) : Double.NaN;
  }

  static String text(double number) {
    if (Double.isNaN(number)) {
      return "NaN";
    }
    if (Double.isInfinite(number)) {
      return number > 0 ? "Infinity" : "-Infinity";
    }
    if (number == Math.rint(number) && Math.abs(number) < WHOLE_LIMIT) {
      return Long.toString((long) number);
    }
    return new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString();
  }
}
