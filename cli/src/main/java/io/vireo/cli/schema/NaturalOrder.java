package io.vireo.cli.schema;

import java.util.Comparator;

/// Text with the numbers in it compared by value: eth2 before eth10, 10.0.0.2 before 10.0.0.10.
public enum NaturalOrder implements Comparator<String> {
  INSTANCE;

  @Override
  public int compare(String a, String b) {
    int i = 0;
    int j = 0;
    while (i < a.length() && j < b.length()) {
      int order;
      if (isDigit(a.charAt(i)) && isDigit(b.charAt(j))) {
        int endA = endOfDigits(a, i);
        int endB = endOfDigits(b, j);
        String x = a.substring(i, endA).replaceFirst("^0+(?=.)", "");
        String y = b.substring(j, endB).replaceFirst("^0+(?=.)", "");
        order = x.length() != y.length() ? Integer.compare(x.length(), y.length()) : x.compareTo(y);
        i = endA;
        j = endB;
      } else {
        order = Character.compare(a.charAt(i++), b.charAt(j++));
      }
      if (order != 0) {
        return order;
      }
    }
    int rest = Integer.compare(a.length() - i, b.length() - j);
    return rest != 0 ? rest : a.compareTo(b);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int endOfDigits(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
