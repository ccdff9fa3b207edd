package io.vireo.datastore.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vireo.datastore.TestTrees;
import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.ManagementException;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifierWithPredicates;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;
import org.opendaylight.yangtools.yang.data.api.schema.DistinctNodeContainer;
import org.opendaylight.yangtools.yang.data.api.schema.MapEntryNode;
import org.opendaylight.yangtools.yang.data.api.schema.NormalizedNode;
import org.opendaylight.yangtools.yang.data.spi.node.ImmutableNodes;

/// Random requests against a map from path texts to values, in which the operations of RFC 6241
/// §7.2 are a few lines each. Socket access rules serve: entries, leafs, a choice of two cases and
/// containers without presence.
class EditModelTest {
  private static final int REQUESTS = 200;
  private static final TreeId BLUE = new TreeId.Router("blue");
  private static final QName SOCKETS =
      QName.create("urn:vireo:yang:vireo-sockets", "2026-11-23", "sockets");
  private static final QName ACCESS = QName.create(SOCKETS, "access");
  private static final QName RULE = QName.create(SOCKETS, "rule");
  private static final QName NAME = QName.create(SOCKETS, "name");
  private static final List<String> CASES = List.of("user", "group");
  private static final List<String> LEAFS = List.of("user", "group", "low-ports");

  /// The naive tree: `r1` is an entry, `r1/user` a leaf.
  private final SortedMap<String, Object> model = new TreeMap<>();

  /// A request in the model's words: entry, leaf or null, and values for the entry's leafs.
  private record Request(String kind, String entry, String leaf, Map<String, Object> values) {
    boolean isEntry() {
      return leaf.isEmpty();
    }
  }

  @TestFactory
  Stream<DynamicTest> edits_random_equalTheNaiveModel() {
    long base = Long.getLong("vireo.seed", 20261123L);
    return IntStream.range(0, 20)
        .mapToObj(i ->
            DynamicTest.dynamicTest(
                "-Dvireo.seed=" + (base + i), () -> new EditModelTest().run(base + i)));
  }

  private void run(long seed) throws ManagementException {
    Random random = new Random(seed);
    ContainerNode root = TreeSchema.EMPTY;
    for (int i = 0; i < REQUESTS; i++) {
      List<Request> requests = new ArrayList<>();
      for (int n = 1 + random.nextInt(4); n > 0; n--) {
        requests.add(request(random));
      }
      SortedMap<String, Object> before = new TreeMap<>(model);
      @Nullable ErrorTag expected = null;
      for (Request request : requests) {
        expected = naive(request);
        if (expected != null) {
          break;
        }
      }
      @Nullable ErrorTag actual = null;
      try {
        TreeEditor editor = new TreeEditor(TestTrees.SCHEMAS.router(), BLUE, root);
        for (Request request : requests) {
          editor.apply(operation(request));
        }
        TreeEditor.Edited made = editor.finish();
        root = made.root();
      } catch (ManagementException e) {
        actual = e.errors().getFirst().tag();
      }
      assertEquals(expected, actual, "request " + i + ": " + requests + " on " + before);
      if (expected != null) {
        model.clear();
        model.putAll(before);
      }
      assertEquals(model, flat(root), "request " + i + ": " + requests + " on " + before);
    }
  }

  private static Request request(Random random) {
    List<String> kinds = List.of("merge", "replace", "create", "delete", "remove");
    String kind = kinds.get(random.nextInt(kinds.size()));
    String entry = "r" + random.nextInt(4);
    String leaf = random.nextInt(3) == 0 ? "" : LEAFS.get(random.nextInt(LEAFS.size()));
    Map<String, Object> values = new TreeMap<>();
    if (leaf.isEmpty()) {
      if (random.nextBoolean()) {
        values.put(CASES.get(random.nextInt(2)), "v" + random.nextInt(3));
      }
      if (random.nextBoolean()) {
        values.put("low-ports", random.nextBoolean());
      }
    } else {
      values.put(
          leaf, leaf.equals("low-ports") ? (Object) random.nextBoolean() : "v" + random.nextInt(3));
    }
    return new Request(kind, entry, leaf, values);
  }

  private @Nullable ErrorTag naive(Request request) {
    String path = request.isEntry() ? request.entry : request.entry + "/" + request.leaf;
    boolean gives = !request.kind.equals("delete") && !request.kind.equals("remove");
    if (request.kind.equals("create") && model.containsKey(path)) {
      return ErrorTag.DATA_EXISTS;
    }
    if (gives && !request.isEntry() && !model.containsKey(request.entry)) {
      return ErrorTag.DATA_MISSING;
    }
    if (request.kind.equals("delete") && !model.containsKey(path)) {
      return ErrorTag.DATA_MISSING;
    }
    if (!gives || request.kind.equals("replace")) {
      model.keySet().removeIf(key -> key.equals(path) || key.startsWith(path + "/"));
    }
    if (gives) {
      model.put(request.entry, "");
      request.values.forEach((leaf, value) -> {
        if (CASES.contains(leaf)) {
          CASES.forEach(other -> model.remove(request.entry + "/" + other));
        }
        model.put(request.entry + "/" + leaf, value);
      });
    }
    return null;
  }

  private static EditOperation operation(Request request) {
    YangInstanceIdentifier entry =
        YangInstanceIdentifier.of(SOCKETS, ACCESS)
            .node(NodeIdentifierWithPredicates.of(RULE, NAME, request.entry));
    YangInstanceIdentifier path =
        request.isEntry() ? entry : entry.node(QName.create(SOCKETS, request.leaf));
    NormalizedNode data = request.isEntry() ? entryNode(request) : leafNode(request.leaf, request);
    return switch (request.kind) {
      case "merge" -> new EditOperation.Merge(path, data);
      case "replace" -> new EditOperation.Replace(path, data);
      case "create" -> new EditOperation.Create(path, data);
      case "delete" -> new EditOperation.Delete(path);
      default -> new EditOperation.Remove(path);
    };
  }

  private static DataContainerChild leafNode(String leaf, Request request) {
    Object value = request.values.get(leaf);
    return ImmutableNodes.leafNode(QName.create(SOCKETS, leaf), value == null ? "" : value);
  }

  private static MapEntryNode entryNode(Request request) {
    var entry =
        ImmutableNodes.newMapEntryBuilder()
            .withNodeIdentifier(NodeIdentifierWithPredicates.of(RULE, NAME, request.entry))
            .withChild(ImmutableNodes.leafNode(NAME, request.entry));
    for (String leaf : request.values.keySet()) {
      DataContainerChild node = leafNode(leaf, request);
      entry.withChild(
          CASES.contains(leaf)
              ? ImmutableNodes.newChoiceBuilder()
                  .withNodeIdentifier(NodeIdentifier.create(QName.create(SOCKETS, "who")))
                  .withChild(node)
                  .build()
              : node);
    }
    return entry.build();
  }

  private static SortedMap<String, Object> flat(ContainerNode root) {
    SortedMap<String, Object> flat = new TreeMap<>();
    TestTrees.find(root, YangInstanceIdentifier.of(SOCKETS, ACCESS, RULE))
        .ifPresent(map -> {
          for (NormalizedNode entry : ((DistinctNodeContainer<?, ?>) map).body()) {
            String name = String.valueOf(((MapEntryNode) entry).name().getValue(NAME));
            flat.put(name, "");
            leafs(name, (MapEntryNode) entry, flat);
          }
        });
    return flat;
  }

  private static void leafs(
      String entry, DistinctNodeContainer<?, ?> node, SortedMap<String, Object> flat) {
    for (NormalizedNode child : node.body()) {
      if (child instanceof DistinctNodeContainer<?, ?> choice) {
        leafs(entry, choice, flat);
      } else if (!child.name().getNodeType().equals(NAME)) {
        flat.put(entry + "/" + child.name().getNodeType().getLocalName(), child.body());
      }
    }
  }
}
