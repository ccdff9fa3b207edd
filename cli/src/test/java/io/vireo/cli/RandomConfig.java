package io.vireo.cli;

import io.vireo.cli.config.Schemas;
import io.vireo.cli.schema.BadValueException;
import io.vireo.cli.schema.CliNode;
import io.vireo.cli.schema.DataBuilder;
import io.vireo.cli.schema.DataPath;
import io.vireo.cli.schema.ValueText;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.Empty;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;

/// Random configuration of whatever the schemas hold: any node may be there, one case of a choice.
final class RandomConfig {
  private static final List<String> PROSE =
      List.of(
          "eth0",
          "lo0",
          "blue",
          "to the north",
          "a \"quoted\" word",
          "ünï ✓",
          "two\nlines",
          "x|y",
          "back\\slash",
          "!",
          "?",
          "#",
          "no",
          "exit",
          "it's",
          "1",
          "default",
          "default",
          "default",
          "path",
          "blackhole",
          "10.1.1.1");

  private final Random random;
  private final Schemas schemas;
  private final List<TreeEdit> edits = new ArrayList<>();
  private final Set<String> entries = new HashSet<>();

  RandomConfig(long seed, Schemas schemas) {
    this.random = new Random(seed);
    this.schemas = schemas;
  }

  List<TreeEdit> edits() {
    fill(TreeId.DEVICE, schemas.device().root(), DataPath.ROOT);
    return List.copyOf(edits);
  }

  private void fill(TreeId tree, CliNode node, DataPath at) {
    Map<QName, QName> cases = new HashMap<>();
    List<CliNode> children = new ArrayList<>(node.children());
    Collections.shuffle(children, random);
    for (CliNode child : children) {
      if (!child.isConfig() || child.isKey()) {
        continue;
      }
      if (child.equals(schemas.mountPoint())) {
        TreeId router = new TreeId.Router(at.last().keys().getLast().toString());
        fill(router, schemas.router().root(), DataPath.ROOT);
        continue;
      }
      boolean chosen =
          child.via().stream()
              .allMatch(v -> cases.getOrDefault(v.choice(), v.caseName()).equals(v.caseName()));
      if (chosen && random.nextInt(10) < 7) {
        child.via().forEach(v -> cases.put(v.choice(), v.caseName()));
        fillChild(tree, child, at);
      }
    }
  }

  private void fillChild(TreeId tree, CliNode child, DataPath at) {
    switch (child.kind()) {
      case LEAF -> put(tree, at.child(child), value(child));
      case LEAF_LIST -> {
        for (int i = random.nextInt(3); i >= 0; i--) {
          Object value = value(child);
          if (value != null) {
            put(tree, at.entry(child, List.of(value)), value);
          }
        }
      }
      case CONTAINER -> {
        if (child.isPresence()) {
          merge(tree, at.child(child), null);
        }
        fill(tree, child, at.child(child));
      }
      case LIST -> {
        for (int i = random.nextInt(4); i > 0; i--) {
          List<Object> keys = new ArrayList<>();
          for (CliNode key : child.keys()) {
            Object value = value(key);
            if (value != null) {
              keys.add(value);
            }
          }
          if (keys.size() == child.keys().size()) {
            DataPath entry = at.entry(child, keys);
            if (entries.add(tree + " " + entry.id())) {
              merge(tree, entry, null);
              fill(tree, child, entry);
            }
          }
        }
      }
      case ANY -> {}
    }
  }

  private void put(TreeId tree, DataPath path, @Nullable Object value) {
    if (value != null) {
      merge(tree, path, value);
    }
  }

  private void merge(TreeId tree, DataPath path, @Nullable Object value) {
    var top = DataBuilder.along(path, value);
    edits.add(
        new TreeEdit(tree, new EditOperation.Merge(YangInstanceIdentifier.of(top.name()), top)));
  }

  /// Any value that the leaf's type allows; null where none was found.
  private @Nullable Object value(CliNode leaf) {
    if (ValueText.isEmptyType(leaf)) {
      return Empty.value();
    }
    List<String> texts = new ArrayList<>();
    ValueText.choices(leaf).forEach(c -> texts.add(c.text()));
    if (texts.isEmpty()) {
      String address = byteText() + "." + byteText() + "." + byteText() + "." + byteText();
      texts.addAll(
          List.of(
              address,
              byteText() + "." + byteText() + ".0.0/16",
              byteText(),
              "02:00:00:00:00:0" + random.nextInt(10),
              "$argon2id$v=19$m=65536,t=3,p=1$c2FsdA$aGFzaA",
              "host" + random.nextInt(100) + ".example.net"));
      texts.addAll(PROSE);
    }
    Collections.shuffle(texts, random);
    for (String text : texts) {
      try {
        return ValueText.parse(leaf, text);
      } catch (BadValueException e) {
        // another one may fit
      }
    }
    return null;
  }

  private String byteText() {
    return Integer.toString(random.nextInt(224));
  }
}
