package io.vireo.datastore;

import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;

/// Prints what a commit of one leaf costs in an empty tree and on top of 100,000 static routes, by
/// parts. Run by hand: `java ... io.vireo.datastore.CommitCost DIR`.
final class CommitCost {
  private static final TreeId BLUE = new TreeId.Router("blue");
  private static final YangInstanceIdentifier ROOT = YangInstanceIdentifier.of();
  private static final int ROUNDS = 60;

  private CommitCost() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Files.createTempDirectory(Path.of(arguments[0]), "cost");
    try (ManagementEngine engine =
        ManagementEngine.open(
            directory, TestTrees.DEVICE_TREE, TestTrees.ROUTER_TREE, new FakeRouters())) {
      ManagementSession session =
          engine.open(new Caller("cost", Caller.Door.SYSTEM, "local"), () -> {});
      session
          .edit(
              Datastore.CANDIDATE,
              List.of(
                  new TreeEdit(
                      TreeId.DEVICE,
                      new EditOperation.Merge(
                          ROOT, TestTrees.device(TestTrees.routersXml("blue")))),
                  new TreeEdit(
                      BLUE,
                      new EditOperation.Merge(
                          ROOT,
                          TestTrees.router(TestTrees.interfaceXml("eth0", TestTrees.ETHERNET))))))
          .get();
      session.commit(null).get();
      rounds(session, "empty tree");
      rounds(session, "empty tree");
      long start = System.nanoTime();
      var routes = TestTrees.router(routes(100_000));
      print("parse of 100,000 routes (XML)", System.nanoTime() - start);
      start = System.nanoTime();
      session
          .edit(
              Datastore.CANDIDATE,
              List.of(new TreeEdit(BLUE, new EditOperation.Merge(ROOT, routes))))
          .get();
      print("edit: merge of 100,000 routes", System.nanoTime() - start);
      start = System.nanoTime();
      session.validate(Datastore.CANDIDATE).get();
      print("validate", System.nanoTime() - start);
      start = System.nanoTime();
      session.commit(null).get();
      print("commit of 100,000 routes", System.nanoTime() - start);
      rounds(session, "on 100,000 routes");
      rounds(session, "on 100,000 routes");
    }
  }

  private static String routes(int count) {
    StringBuilder xml =
        new StringBuilder("<rt:routing><rt:control-plane-protocols><rt:control-plane-protocol>")
            .append("<rt:type>rt:static</rt:type><rt:name>s</rt:name>")
            .append("<rt:static-routes><v4ur:ipv4>");
    for (int i = 0; i < count; i++) {
      xml.append("<v4ur:route><v4ur:destination-prefix>")
          .append(10 + (i >> 16))
          .append('.')
          .append(i >> 8 & 0xFF)
          .append('.')
          .append(i & 0xFF)
          .append(".0/24</v4ur:destination-prefix><v4ur:next-hop><v4ur:outgoing-interface>eth0")
          .append("</v4ur:outgoing-interface></v4ur:next-hop></v4ur:route>");
    }
    return xml.append("</v4ur:ipv4></rt:static-routes></rt:control-plane-protocol>")
        .append("</rt:control-plane-protocols></rt:routing>")
        .toString();
  }

  private static void rounds(ManagementSession session, String where) throws Exception {
    long[] editNs = new long[ROUNDS];
    long[] validateNs = new long[ROUNDS];
    long[] commitNs = new long[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      var leaf =
          TestTrees.router(
              TestTrees.interfaceXml("eth0", "<if:description>" + i + "</if:description>"));
      long start = System.nanoTime();
      session
          .edit(
              Datastore.CANDIDATE, List.of(new TreeEdit(BLUE, new EditOperation.Merge(ROOT, leaf))))
          .get();
      editNs[i] = System.nanoTime() - start;
      start = System.nanoTime();
      session.validate(Datastore.CANDIDATE).get();
      validateNs[i] = System.nanoTime() - start;
      start = System.nanoTime();
      session.commit(null).get();
      commitNs[i] = System.nanoTime() - start;
    }
    print(where + ": edit one leaf, median", median(editNs));
    print(where + ": validate, median", median(validateNs));
    print(where + ": commit with fsync, median", median(commitNs));
  }

  private static long median(long[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static void print(String what, long ns) {
    System.out.printf(Locale.ROOT, "%-45s %10.3f ms%n", what, ns / 1e6);
  }
}
