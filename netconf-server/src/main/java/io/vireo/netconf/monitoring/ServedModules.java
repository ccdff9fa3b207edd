package io.vireo.netconf.monitoring;

import io.vireo.schema.SchemaContext;
import io.vireo.schema.YangSource;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.Revision;
import org.opendaylight.yangtools.yang.common.YangVersion;
import org.opendaylight.yangtools.yang.model.api.DataSchemaNode;
import org.opendaylight.yangtools.yang.model.api.Module;
import org.opendaylight.yangtools.yang.model.api.Submodule;

/// The modules of a schema and of those mounted in it, with their texts.
public final class ServedModules {
  private final SchemaContext main;
  private final List<SchemaContext> contexts;
  private final List<ServedModule> all;
  private final String moduleSetId;

  /// A module or submodule.
  ///
  /// @param namespace a submodule's is its module's
  public record ServedModule(String name, String revision, String namespace, YangSource source) {
    public String text() {
      return source.text();
    }
  }

  private ServedModules(SchemaContext main, List<SchemaContext> mounted) {
    this.main = main;
    contexts = new ArrayList<>(List.of(main));
    contexts.addAll(mounted);
    Map<String, ServedModule> found = new LinkedHashMap<>();
    contexts.forEach(context -> collect(context, found));
    all =
        found.values().stream()
            .sorted(Comparator.comparing(ServedModule::name).thenComparing(ServedModule::revision))
            .toList();
    moduleSetId = digest();
  }

  /// Those of the device, where virtual routers are mounted.
  public static ServedModules of(SchemaContext device, SchemaContext router) {
    return new ServedModules(device, List.of(router));
  }

  /// Those of a schema in which nothing is mounted.
  public static ServedModules of(SchemaContext whole) {
    return new ServedModules(whole, List.of());
  }

  private static void collect(SchemaContext context, Map<String, ServedModule> found) {
    for (Module module : context.model().getModules()) {
      add(
          context,
          module.getName(),
          revision(module.getRevision().orElse(null)),
          module.getNamespace().toString(),
          found);
      for (Submodule submodule : module.getSubmodules()) {
        add(
            context,
            submodule.getName(),
            revision(submodule.getRevision().orElse(null)),
            module.getNamespace().toString(),
            found);
      }
    }
  }

  private static void add(
      SchemaContext context,
      String name,
      String revision,
      String namespace,
      Map<String, ServedModule> found) {
    YangSource source = context.sources().get(name);
    if (source != null) {
      found.putIfAbsent(name + "@" + revision, new ServedModule(name, revision, namespace, source));
    }
  }

  static String revision(@Nullable Revision revision) {
    return revision == null ? "" : revision.toString();
  }

  /// Every module and submodule.
  public List<ServedModule> all() {
    return all;
  }

  QName libraryName() {
    return main.model().getChildNodes().stream()
        .map(DataSchemaNode::getQName)
        .filter(name -> name.getLocalName().equals("yang-library"))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("the device's schema has no ietf-yang-library"));
  }

  /// The schema that the others are mounted in.
  SchemaContext main() {
    return main;
  }

  /// Whether all sessions have one candidate, whose parts can be locked.
  private boolean isWholeDevice() {
    return contexts.size() > 1;
  }

  /// RFC 7895 §2.1.2: changes when anything in `/modules-state` does.
  public String moduleSetId() {
    return moduleSetId;
  }

  private String digest() {
    StringBuilder text = new StringBuilder();
    for (SchemaContext context : contexts) {
      text.append(context.name()).append('\n');
      for (Module module : sorted(context)) {
        text.append(module.getName()).append('@');
        text.append(revision(module.getRevision().orElse(null)));
        text.append(context.isImplemented(module.getQNameModule()) ? " implemented " : " import ");
        text.append(features(context, module)).append(deviations(context, module)).append('\n');
      }
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  static List<Module> sorted(SchemaContext context) {
    List<Module> modules = new ArrayList<>(context.model().getModules());
    modules.sort(
        Comparator.comparing(Module::getName)
            .thenComparing(module -> revision(module.getRevision().orElse(null))));
    return modules;
  }

  static Set<String> features(SchemaContext context, Module module) {
    return new TreeSet<>(context.features().getOrDefault(module.getName(), Set.of()));
  }

  /// Names of the modules that deviate this one.
  static Set<String> deviations(SchemaContext context, Module module) {
    Set<String> names = new TreeSet<>();
    for (Module other : context.model().getModules()) {
      if (other.getDeviations().stream()
          .anyMatch(deviation ->
              deviation
                  .getTargetPath()
                  .lastNodeIdentifier()
                  .getModule()
                  .equals(module.getQNameModule()))) {
        names.add(other.getName());
      }
    }
    return names;
  }

  /// The capabilities of the hello (RFC 6241 §8.1; RFC 7950 §5.6.4: modules of YANG version 1 one
  /// by one, those of version 1.1 through the yang-library).
  ///
  /// @param contentId of the yang-library; null: it has none
  /// @param startup whether there is a startup datastore (RFC 6241 §8.7)
  public List<String> capabilities(@Nullable String contentId, boolean startup) {
    List<String> capabilities =
        new ArrayList<>(
            List.of(
                "urn:ietf:params:netconf:base:1.0",
                "urn:ietf:params:netconf:base:1.1",
                "urn:ietf:params:netconf:capability:writable-running:1.0",
                "urn:ietf:params:netconf:capability:candidate:1.0",
                "urn:ietf:params:netconf:capability:confirmed-commit:1.1",
                "urn:ietf:params:netconf:capability:rollback-on-error:1.0",
                "urn:ietf:params:netconf:capability:validate:1.1",
                "urn:ietf:params:netconf:capability:xpath:1.0",
                // RFC 6243 §4.3, RFC 8526 §2
                "urn:ietf:params:netconf:capability:with-defaults:1.0?basic-mode=explicit"
                    + "&also-supported=report-all,report-all-tagged,trim",
                "urn:ietf:params:netconf:capability:with-operational-defaults:1.0"
                    + "?basic-mode=explicit&also-supported=report-all,report-all-tagged,trim"));
    if (isWholeDevice()) {
      capabilities.add("urn:ietf:params:netconf:capability:partial-lock:1.0");
    }
    if (startup) {
      capabilities.add("urn:ietf:params:netconf:capability:startup:1.0");
    }
    boolean url =
        main.model().findModules("ietf-netconf").stream()
            .flatMap(module -> module.getFeatures().stream())
            .anyMatch(feature -> feature.getQName().getLocalName().equals("url"));
    if (url) {
      capabilities.add("urn:ietf:params:netconf:capability:url:1.0?scheme=file");
    }
    if (contentId != null) {
      // RFC 8525 §2
      capabilities.add(
          "urn:ietf:params:netconf:capability:yang-library:1.1?revision=2019-01-04&content-id="
              + contentId);
    }
    // RFC 7895 §2
    capabilities.add(
        "urn:ietf:params:netconf:capability:yang-library:1.0?revision=2016-06-21&module-set-id="
            + moduleSetId);
    for (Module module : sorted(main)) {
      if (main.isImplemented(module.getQNameModule())
          && module.getYangVersion() == YangVersion.VERSION_1
          && !module.getName().equals("ietf-netconf")) {
        capabilities.add(capability(module));
      }
    }
    return capabilities;
  }

  private String capability(Module module) {
    Map<String, String> parts = new TreeMap<>();
    StringBuilder text = new StringBuilder(module.getNamespace().toString());
    text.append("?module=").append(module.getName());
    module.getRevision().ifPresent(revision -> text.append("&revision=").append(revision));
    parts.put("features", String.join(",", features(main, module)));
    parts.put("deviations", String.join(",", deviations(main, module)));
    parts.forEach((name, value) -> {
      if (!value.isEmpty()) {
        text.append('&').append(name).append('=').append(value);
      }
    });
    return text.toString();
  }
}
