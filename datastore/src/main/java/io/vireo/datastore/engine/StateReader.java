package io.vireo.datastore.engine;

import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.RouterBinding;
import io.vireo.datastore.api.Selection;
import io.vireo.datastore.api.StateSource;
import io.vireo.datastore.api.Trees;
import io.vireo.datastore.tree.TreeSchema;
import io.vireo.datastore.tree.TreeSchemas;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.data.api.schema.ContainerNode;

/// Puts the operational datastore together (RFC 8342 §5.3): running, and over it what the manager,
/// the doors and the virtual routers know. All are asked at the same time; who is late or fails is
/// left out and named in a warning. The device's tree comes first, then the routers' one by one.
public final class StateReader {
  private static final long DEADLINE_MS = 5_000;

  private final TreeSchemas schemas;
  private final RouterBinding binding;
  private final YangLibrary deviceLibrary;
  private final YangLibrary routerLibrary;
  private final List<StateSource> sources = new CopyOnWriteArrayList<>();

  public StateReader(
      TreeSchemas schemas,
      RouterBinding binding,
      YangLibrary deviceLibrary,
      YangLibrary routerLibrary) {
    this.schemas = schemas;
    this.binding = binding;
    this.deviceLibrary = deviceLibrary;
    this.routerLibrary = routerLibrary;
  }

  public void register(StateSource source) {
    sources.add(source);
  }

  /// Pages of one tree as they come in. What comes after the deadline is dropped.
  private static final class Pages {
    private final List<ContainerNode> pages = new ArrayList<>();
    private boolean open = true;

    synchronized void add(ContainerNode page) {
      if (open) {
        pages.add(page);
      }
    }

    synchronized List<ContainerNode> take() {
      open = false;
      return Collections.unmodifiableList(pages);
    }
  }

  List<String> read(Trees running, Selection selection, Consumer<Trees> consumer) {
    long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DEADLINE_MS);
    Trees selected = Selected.of(running, selection);
    Pages devicePages = new Pages();
    CompletableFuture<?> device = askDevice(running, selection.deviceNodes(), devicePages);
    SortedMap<String, Pages> routerPages = new TreeMap<>();
    SortedMap<String, CompletableFuture<?>> routers = new TreeMap<>();
    Set<QName> routerNodes = selection.routerNodes();
    for (String router : selected.routers().keySet()) {
      Pages pages = new Pages();
      pages.add(Selected.nodes(routerLibrary.content(), routerNodes));
      routerPages.put(router, pages);
      routers.put(router, guarded(() -> binding.routerState(router, routerNodes, pages::add)));
    }
    // Each tree goes on its way as soon as it is whole: no two are held together for its sake.
    List<String> warnings = new ArrayList<>();
    await(device, deadlineNs, "the device's state", warnings);
    consumer.accept(
        new Trees(
            merged(schemas.device(), selected.device(), devicePages, "the device", warnings),
            new TreeMap<>()));
    for (Map.Entry<String, CompletableFuture<?>> router : routers.entrySet()) {
      String name = router.getKey();
      await(router.getValue(), deadlineNs, "the state of virtual router " + name, warnings);
      Pages pages = routerPages.getOrDefault(name, new Pages());
      ContainerNode config = selected.routers().getOrDefault(name, TreeSchema.EMPTY);
      SortedMap<String, ContainerNode> one = new TreeMap<>();
      one.put(name, merged(schemas.router(), config, pages, "virtual router " + name, warnings));
      consumer.accept(new Trees(TreeSchema.EMPTY, one));
    }
    return List.copyOf(warnings);
  }

  private CompletableFuture<?> askDevice(Trees running, @Nullable Set<QName> wanted, Pages pages) {
    if (wanted != null && wanted.isEmpty()) {
      return CompletableFuture.completedFuture(null);
    }
    pages.add(Selected.nodes(deviceLibrary.content(), wanted));
    for (StateSource source : sources) {
      if (wanted == null || source.nodes().stream().anyMatch(wanted::contains)) {
        pages.add(Selected.nodes(source.read(), wanted));
      }
    }
    return guarded(() ->
        binding
            .deviceState(running, wanted)
            .thenAccept(page -> pages.add(Selected.nodes(page, wanted))));
  }

  private static CompletableFuture<?> guarded(Supplier<CompletableFuture<?>> question) {
    try {
      return question.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static void await(
      CompletableFuture<?> future, long deadlineNs, String what, List<String> warnings) {
    try {
      future.get(Math.max(0, deadlineNs - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      warnings.add(what + " is incomplete: no answer within " + DEADLINE_MS / 1000 + " s");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      warnings.add(
          what
              + " is incomplete"
              + (cause instanceof ManagementException ? ": " + cause.getMessage() : ""));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      warnings.add(what + " is incomplete: the read was interrupted");
    }
  }

  private static ContainerNode merged(
      TreeSchema schema, ContainerNode config, Pages pages, String who, List<String> warnings) {
    try {
      return TreeMerger.merge(schema, config, pages.take());
    } catch (RuntimeException e) {
      warnings.add("the state of " + who + " does not fit the schema and is left out");
      return config;
    }
  }
}
