package io.vireo.manager.binding;

import io.vireo.datastore.api.ErrorTag;
import io.vireo.datastore.api.Invocation;
import io.vireo.manager.fleet.Failure;
import io.vireo.manager.fleet.Fleet;
import io.vireo.manager.fleet.RouterControl;
import io.vireo.manager.life.Loop;
import io.vireo.manager.wire.PeerError;
import io.vireo.schema.cbor.TreeCborException;
import io.vireo.schema.cbor.TreeCborReader;
import io.vireo.schema.cbor.TreeCborWriter;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaTree;
import io.vireo.schema.node.SchemaTree.Operation;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.frame.Envelope;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier.NodeIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;
import org.opendaylight.yangtools.yang.data.api.schema.LeafNode;

/// Operations: those of the device that the manager carries out itself, and those of a router,
/// which its process carries out.
final class RouterCalls {
  private static final String RESTART = "restart-virtual-router";

  private final Loop loop;
  private final Fleet fleet;
  private final SchemaTree device;
  private final SchemaTree router;

  RouterCalls(Loop loop, Fleet fleet, SchemaTree device, SchemaTree router) {
    this.loop = loop;
    this.fleet = fleet;
    this.device = device;
    this.router = router;
  }

  Invocation invoke(TreeId tree, QName rpc, ContainerNode input, Consumer<ContainerNode> outputs) {
    return switch (tree) {
      case TreeId.Device() -> onDevice(rpc, input);
      case TreeId.Router(String name) -> onRouter(name, rpc, input, outputs);
    };
  }

  /// The connection to a router; on the loop.
  RouterControl require(String name) {
    RouterControl link = fleet.linkOf(name);
    if (link == null) {
      throw new CompletionException(
          FleetBinding.refusal(
              new TreeId.Router(name),
              ErrorTag.RESOURCE_DENIED,
              "virtual router "
                  + name
                  + " does not run: see its process in 'show virtual-routers'"));
    }
    return link;
  }

  private Invocation onDevice(QName rpc, ContainerNode input) {
    Operation operation = device.lookupOperation(rpc.getNamespace().toString(), rpc.getLocalName());
    if (operation == null || !rpc.getLocalName().equals(RESTART)) {
      return finished(
          CompletableFuture.failedFuture(
              FleetBinding.refusal(
                  TreeId.DEVICE,
                  ErrorTag.OPERATION_NOT_SUPPORTED,
                  "the device has no operation " + rpc.getLocalName())));
    }
    Object name =
        input.childByArg(NodeIdentifier.create(QName.create(rpc, "name")))
                instanceof LeafNode<?> leaf
            ? leaf.body()
            : "";
    return finished(
        CompletableFuture.runAsync(
            () -> {
              if (!fleet.restart(name.toString())) {
                throw new CompletionException(
                    FleetBinding.refusal(
                        TreeId.DEVICE,
                        ErrorTag.INVALID_VALUE,
                        "there is no virtual router " + name));
              }
            },
            loop));
  }

  private Invocation onRouter(
      String name, QName rpc, ContainerNode input, Consumer<ContainerNode> outputs) {
    Operation operation = router.lookupOperation(rpc.getNamespace().toString(), rpc.getLocalName());
    if (operation == null) {
      return finished(
          CompletableFuture.failedFuture(
              FleetBinding.refusal(
                  new TreeId.Router(name),
                  ErrorTag.OPERATION_NOT_SUPPORTED,
                  "a virtual router has no operation " + rpc.getLocalName())));
    }
    TreeCborWriter writer = new TreeCborWriter(router);
    TreeCborReader reader = new TreeCborReader(router);
    RunningCall call = new RunningCall();
    CompletableFuture.supplyAsync(() -> require(name), loop)
        .thenCompose(link -> {
          RouterControl.Invoked invoked =
              link.invoke(
                  operation.sid(),
                  out -> writer.writeValue(out, operation.input(), input),
                  answer -> {
                    try {
                      outputs.accept(
                          reader.readContainer(Envelope.open(answer).body(), operation.output()));
                    } catch (TreeCborException | CborException mistake) {
                      throw new IllegalStateException(
                          "its answer can't be read: " + mistake, mistake);
                    }
                  });
          call.onStarted(invoked);
          return invoked.done();
        })
        .whenComplete((done, failure) -> call.onEnd(name, failure));
    return call;
  }

  private static final class RunningCall implements Invocation {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final AtomicReference<RouterControl.@Nullable Invoked> running =
        new AtomicReference<>();
    private final AtomicBoolean cancelled = new AtomicBoolean();

    void onStarted(RouterControl.Invoked invoked) {
      running.set(invoked);
      if (cancelled.get()) {
        invoked.cancel().run();
      }
    }

    void onEnd(String router, @Nullable Throwable failure) {
      if (failure == null) {
        done.complete(null);
        return;
      }
      Throwable cause = Failure.cause(failure);
      done.completeExceptionally(
          cause instanceof PeerError error
              ? FleetBinding.refusal(
                  new TreeId.Router(router),
                  FleetBinding.tag(error.tag()),
                  "virtual router " + router + ": " + error.getMessage())
              : cause instanceof io.vireo.datastore.api.ManagementException
                  ? cause
                  : FleetBinding.refusal(
                      new TreeId.Router(router),
                      ErrorTag.OPERATION_FAILED,
                      "virtual router " + router + ": " + Failure.text(cause)));
    }

    @Override
    public CompletableFuture<Void> done() {
      return done;
    }

    @Override
    public void cancel() {
      cancelled.set(true);
      RouterControl.Invoked invoked = running.get();
      if (invoked != null) {
        invoked.cancel().run();
      }
    }
  }

  private static Invocation finished(CompletableFuture<Void> outcome) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    outcome.whenComplete((ended, failure) -> {
      if (failure == null) {
        done.complete(null);
      } else {
        done.completeExceptionally(Failure.cause(failure));
      }
    });
    return new Invocation() {
      @Override
      public CompletableFuture<Void> done() {
        return done;
      }

      @Override
      public void cancel() {
        // It takes no time that could be cut short.
      }
    };
  }
}
