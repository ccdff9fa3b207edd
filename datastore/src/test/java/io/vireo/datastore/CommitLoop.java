package io.vireo.datastore;

import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.Trees;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// A process that commits and commits until it is killed. After commit N everything is as [#after]
/// has it: the number stands in the device's tree and in every virtual router's, and routers come
/// and go. It says `N` when the commit was acknowledged, `no N` when it was refused; then it tries
/// it again.
final class CommitLoop {
  private static final int ROUTERS = 7;

  private CommitLoop() {}

  public static void main(String[] arguments) throws Exception {
    ManagementEngine engine =
        ManagementEngine.open(
            Path.of(arguments[0]),
            TestTrees.DEVICE_TREE,
            TestTrees.ROUTER_TREE,
            new FakeRouters(),
            EngineOptions.PLAIN);
    say("at " + engine.transaction());
    ManagementSession session =
        engine.open(new Caller("loop", Caller.Door.SYSTEM, "local"), () -> {});
    while (true) {
      long next = engine.transaction() + 1;
      try {
        session.replace(Datastore.CANDIDATE, after(next)).get();
        session.commit("number " + next).get();
        say(Long.toString(next));
      } catch (ExecutionException e) {
        if (!(e.getCause() instanceof ManagementException)) {
          throw e;
        }
        say("no " + next);
      }
    }
  }

  /// Running after a commit; 0: before the first.
  static Trees after(long number) {
    SortedMap<String, ContainerNode> routers = new TreeMap<>();
    if (number == 0) {
      return new Trees(TestTrees.device(""), routers);
    }
    routers.put("blue", router(number));
    if (number % 3 != 0) {
      routers.put("x" + number % ROUTERS, router(number));
    }
    ContainerNode device =
        TestTrees.device(
            "<vsys:system><vsys:contact>"
                + number
                + "</vsys:contact></vsys:system>"
                + TestTrees.routersXml(routers.keySet().toArray(String[]::new)));
    return new Trees(device, routers);
  }

  private static ContainerNode router(long number) {
    return TestTrees.router(
        TestTrees.interfaceXml(
            "eth0", TestTrees.ETHERNET + "<if:description>" + number + "</if:description>"));
  }

  private static void say(String line) throws IOException {
    OutputStream out = System.out;
    out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
