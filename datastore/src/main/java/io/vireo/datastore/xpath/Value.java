package io.vireo.datastore.xpath;

import java.util.List;

/// What an expression comes to (XPath 1.0 §1).
public sealed interface Value {
  Truth TRUE = new Truth(true);
  Truth FALSE = new Truth(false);

  /// XPath 1.0 §4.3 boolean().
  boolean truth();

  /// XPath 1.0 §4.4 number().
  double number();

  /// XPath 1.0 §4.2 string().
  String text();

  static Truth of(boolean truth) {
    return truth ? TRUE : FALSE;
  }

  record Truth(boolean truth) implements Value {
    @Override
    public double number() {
      return truth ? 1 : 0;
    }

    @Override
    public String text() {
      return Boolean.toString(truth);
    }
  }

  record Numeral(double number) implements Value {
    @Override
    public boolean truth() {
      return number != 0 && !Double.isNaN(number);
    }

    @Override
    public String text() {
      return Numbers.text(number);
    }
  }

  record Text(String text) implements Value {
    @Override
    public boolean truth() {
      return !text.isEmpty();
    }

    @Override
    public double number() {
      return Numbers.parse(text);
    }
  }

  /// Nodes, each once, in the order of the walk.
  record Nodes(List<DataNode> nodes) implements Value {
    public static final Nodes NONE = new Nodes(List.of());

    @Override
    public boolean truth() {
      return !nodes.isEmpty();
    }

    @Override
    public double number() {
      return Numbers.parse(text());
    }

    @Override
    public String text() {
      return nodes.isEmpty() ? "" : NodeText.of(nodes.getFirst());
    }
  }
}
