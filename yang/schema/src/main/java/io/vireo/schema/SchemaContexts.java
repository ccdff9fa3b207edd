package io.vireo.schema;

import io.vireo.schema.YangSources.ParsedYang;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;
import org.opendaylight.yangtools.yang.model.api.stmt.FeatureSet;
import org.opendaylight.yangtools.yang.model.spi.source.SourceInfo;
import org.opendaylight.yangtools.yang.parser.rfc7950.repo.YangStatementStreamSource;
import org.opendaylight.yangtools.yang.parser.spi.meta.ReactorException;
import org.opendaylight.yangtools.yang.parser.stmt.reactor.CrossSourceStatementReactor;

/// Loads the contexts of a process: each once, several at the same time where asked.
///
/// A context holds what its manifest lists and, as import-only modules, everything that is imported
/// or included from there.
public final class SchemaContexts {
  /// Ports, users, access control, the list of virtual routers.
  public static final String DEVICE = "device";

  /// What a virtual router holds; mounted at a logical network element's root.
  public static final String ROUTER = "router";

  /// What a virtual router holds, and the modules of NETCONF: for a session on one.
  public static final String ROUTER_SESSION = "router-session";

  /// Vireo's own protocols.
  public static final String CONTROL = "control";

  private final ClassLoader classPath;
  private final List<Path> directories;
  private final YangSources sources;
  private final Map<String, SchemaContext> loaded = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> supported = new ConcurrentHashMap<>();

  private SchemaContexts(ClassLoader classPath, List<Path> directories) {
    this.classPath = classPath;
    this.directories = List.copyOf(directories);
    this.sources = YangSources.of(classPath, this.directories);
  }

  /// Contexts from the class path alone.
  public static SchemaContexts ofClassPath() {
    return of(List.of());
  }

  /// Contexts from the class path and from directories of the operator (`--models DIR`).
  ///
  /// Every YANG file of a directory is implemented in the device's schema, those of its folder
  /// `router` in the virtual routers'; unless there is a `device.modules` or `router.modules` that
  /// names what to add. A file of a module that is on the class path, too, takes its place.
  public static SchemaContexts of(List<Path> directories) {
    return new SchemaContexts(SchemaContexts.class.getClassLoader(), directories);
  }

  /// Supports a feature besides those that the manifests name, in contexts that are loaded from now
  /// on and implement the module.
  public void support(String module, String feature) {
    supported.computeIfAbsent(module, each -> ConcurrentHashMap.newKeySet()).add(feature);
  }

  /// The files in reach.
  public YangSources sources() {
    return sources;
  }

  /// The context of that name, loaded at the first call.
  ///
  /// @throws SchemaLoadException when it cannot be built
  public SchemaContext load(String name) {
    return loaded.computeIfAbsent(
        name, key -> load(ContextManifest.load(key, classPath, directories).supporting(supported)));
  }

  /// Loads several contexts, one thread each.
  ///
  /// @throws SchemaLoadException when one cannot be built
  public Map<String, SchemaContext> loadAll(String... names) {
    Map<String, CompletableFuture<SchemaContext>> pending = new LinkedHashMap<>();
    for (String name : names) {
      pending.put(
          name,
          CompletableFuture.supplyAsync(
              () -> load(name), task -> Thread.ofPlatform().name("schema-" + name).start(task)));
    }
    Map<String, SchemaContext> contexts = new LinkedHashMap<>();
    pending.forEach((name, future) -> contexts.put(name, join(future)));
    return contexts;
  }

  private static SchemaContext join(CompletableFuture<SchemaContext> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof SchemaLoadException known ? known : e;
    }
  }

  /// Builds the context a manifest describes.
  ///
  /// @throws SchemaLoadException when it cannot be built
  public SchemaContext load(ContextManifest manifest) {
    long startNs = System.nanoTime();
    Closure closure = closureOf(manifest);
    CrossSourceStatementReactor.BuildAction build = YangReactor.newBuild();
    closure.main.values().forEach(p -> build.addSource(YangStatementStreamSource.create(p.tree())));
    closure
        .library
        .values()
        .forEach(p -> build.addLibSource(YangStatementStreamSource.create(p.tree())));
    build.setSupportedFeatures(FeatureSet.of(featuresOf(manifest, closure)));
    EffectiveModelContext model;
    try {
      model = build.buildEffective();
    } catch (ReactorException e) {
      throw ParserMessages.loadException("context " + manifest.name(), e);
    }
    Set<QNameModule> implemented = new HashSet<>();
    for (String module : manifest.implemented()) {
      implemented.add(model.findModules(module).iterator().next().getQNameModule());
    }
    return new SchemaContext(
        manifest.name(),
        model,
        implemented,
        manifest.features(),
        closure.files,
        System.nanoTime() - startNs);
  }

  private static Set<QName> featuresOf(ContextManifest manifest, Closure closure) {
    Set<QName> features = new HashSet<>();
    manifest
        .features()
        .forEach((module, names) -> {
          ParsedYang parsed = closure.main.get(module);
          if (parsed == null || !(parsed.info() instanceof SourceInfo.Module info)) {
            throw new SchemaLoadException(
                "Manifest of context "
                    + manifest.name()
                    + ": features "
                    + names
                    + " are of module "
                    + module
                    + ", which it does not list",
                null);
          }
          // SourceInfo lists revisions latest first.
          QNameModule namespace =
              info.revisions().isEmpty()
                  ? QNameModule.of(info.namespace())
                  : QNameModule.of(info.namespace(), info.revisions().iterator().next());
          names.forEach(name -> features.add(QName.create(namespace, name)));
        });
    return features;
  }

  private static final class Closure {
    final Map<String, ParsedYang> main = new LinkedHashMap<>();
    final Map<String, ParsedYang> library = new LinkedHashMap<>();
    final Map<String, YangSource> files = new HashMap<>();
  }

  private record Need(String module, String wantedBy) {}

  private Closure closureOf(ContextManifest manifest) {
    Closure closure = new Closure();
    Deque<Need> open = new ArrayDeque<>();
    List<String> listed = new ArrayList<>(manifest.implemented());
    listed.addAll(manifest.importOnly());
    for (String module : listed) {
      ParsedYang parsed = take(closure, module, "the manifest of context " + manifest.name());
      closure.main.put(module, parsed);
      addNeeds(open, module, parsed.info());
    }
    while (!open.isEmpty()) {
      Need need = open.removeFirst();
      if (!closure.files.containsKey(need.module)) {
        ParsedYang parsed = take(closure, need.module, need.wantedBy);
        closure.library.put(need.module, parsed);
        addNeeds(open, need.module, parsed.info());
      }
    }
    return closure;
  }

  private ParsedYang take(Closure closure, String module, String wantedBy) {
    ParsedYang parsed = sources.require(module, wantedBy);
    YangSource source = sources.lookup(module);
    if (source != null) {
      closure.files.put(module, source);
    }
    return parsed;
  }

  private static void addNeeds(Deque<Need> open, String module, SourceInfo info) {
    info.imports().forEach(i -> open.add(new Need(i.name().getLocalName(), "module " + module)));
    info.includes().forEach(i -> open.add(new Need(i.name().getLocalName(), "module " + module)));
  }
}
