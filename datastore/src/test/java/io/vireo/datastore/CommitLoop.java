package io.vireo.datastore;

import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;

/// A process that commits and commits until it is killed: commit N sets the same text in the
/// device's tree and in a virtual router's, and says `N` when the commit was acknowledged.
final class CommitLoop {
  static final TreeId BLUE = new TreeId.Router("blue");

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
      session.edit(Datastore.CANDIDATE, edits(next)).get();
      session.commit("number " + next).get();
      say(Long.toString(next));
    }
  }

  private static List<TreeEdit> edits(long number) {
    YangInstanceIdentifier root = YangInstanceIdentifier.of();
    return List.of(
        new TreeEdit(
            TreeId.DEVICE,
            new EditOperation.Merge(
                root,
                TestTrees.device(
                    "<vsys:system><vsys:contact>"
                        + number
                        + "</vsys:contact></vsys:system>"
                        + TestTrees.routersXml("blue")))),
        new TreeEdit(
            BLUE,
            new EditOperation.Merge(
                root,
                TestTrees.router(
                    TestTrees.interfaceXml(
                        "eth0",
                        TestTrees.ETHERNET + "<if:description>" + number + "</if:description>")))));
  }

  private static void say(String line) throws IOException {
    OutputStream out = System.out;
    out.write((line + "\n").getBytes(StandardCharsets.US_ASCII));
    out.flush();
  }
}
