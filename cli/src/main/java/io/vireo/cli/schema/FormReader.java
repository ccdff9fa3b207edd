package io.vireo.cli.schema;

import io.vireo.cli.schema.Form.Field;
import io.vireo.cli.schema.Form.Fixed;
import io.vireo.cli.schema.Form.FormWord;
import io.vireo.cli.schema.Form.Key;
import io.vireo.cli.schema.Form.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a `form` statement.
final class FormReader {
  private static final Pattern STEP = Pattern.compile("([^/\\[\\]]+)((?:\\[[^\\]]*\\])*)");
  private static final Pattern PREDICATE =
      Pattern.compile("\\[([^=\\]]+)=(?:'([^']*)'|\\{([^}]+)\\})\\]");

  private final PathText paths;

  FormReader(PathText paths) {
    this.paths = paths;
  }

  Form read(CliNode anchor, StyleReader.Statement statement) {
    Map<String, Field> fields = new LinkedHashMap<>();
    List<Step> steps = new ArrayList<>();
    CliNode node = anchor;
    String path = statement.child("node").orElse("");
    Matcher step = STEP.matcher(path);
    while (step.find()) {
      node = paths.child(node, step.group(1));
      boolean last = step.end() == path.length();
      steps.add(new Step(node, keys(node, step.group(2), last, fields)));
    }
    List<FormWord> words = new ArrayList<>();
    for (String word : statement.argument().strip().split("\\s+")) {
      words.add(word(node, word, fields));
    }
    List<Fixed> fixed = new ArrayList<>();
    CliNode target = node;
    statement.forEach(
        "fixed",
        f -> {
          PathText.Assignment assignment = paths.assignment(target, f.argument());
          fixed.add(new Fixed(assignment.steps(), assignment.value()));
        });
    return new Form(statement.argument(), words, steps, fields, fixed);
  }

  private List<Key> keys(CliNode node, String predicates, boolean last, Map<String, Field> fields) {
    Map<String, Key> given = new HashMap<>();
    Matcher predicate = PREDICATE.matcher(predicates);
    while (predicate.find()) {
      CliNode leaf = paths.child(node, predicate.group(1));
      if (predicate.group(2) != null) {
        given.put(leaf.name(), new Key(leaf, paths.value(leaf, predicate.group(2)), null));
      } else {
        given.put(leaf.name(), new Key(leaf, null, predicate.group(3)));
        fields.put(predicate.group(3), new Field(leaf, List.of()));
      }
    }
    List<Key> keys = new ArrayList<>();
    for (CliNode leaf : node.keys()) {
      Key key = given.get(leaf.name());
      if (key == null) {
        if (!last) {
          throw new IllegalArgumentException("key " + leaf + " has no predicate");
        }
        key = new Key(leaf, null, leaf.name());
        fields.put(leaf.name(), new Field(leaf, List.of()));
      }
      keys.add(key);
    }
    return keys;
  }

  private FormWord word(CliNode node, String word, Map<String, Field> fields) {
    if (!word.contains("{")) {
      return new FormWord.Literal(word);
    }
    List<String> texts = new ArrayList<>();
    List<String> names = new ArrayList<>();
    int at = 0;
    for (int open = word.indexOf('{'); open >= 0; open = word.indexOf('{', at)) {
      int close = word.indexOf('}', open);
      String name = word.substring(open + 1, close);
      texts.add(word.substring(at, open));
      names.add(name);
      fields.computeIfAbsent(
          name,
          n -> {
            List<CliNode> steps = paths.walk(node, n);
            return new Field(steps.getLast(), steps);
          });
      at = close + 1;
    }
    texts.add(word.substring(at));
    return new FormWord.Variables(texts, names);
  }
}
