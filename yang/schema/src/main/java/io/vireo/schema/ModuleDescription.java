package io.vireo.schema;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.opendaylight.yangtools.yang.model.api.Module;

/// A module as `hello`, the yang-library (RFC 8525) and `get-schema` (RFC 6022) tell of it.
///
/// @param name the module's name
/// @param revision the latest revision, empty when it has none
/// @param namespace the XML namespace
/// @param implemented false when it only serves others' imports
/// @param features the supported features, sorted
/// @param source the file
public record ModuleDescription(
    String name,
    String revision,
    String namespace,
    boolean implemented,
    Set<String> features,
    YangSource source) {

  /// All modules of a context, by name and revision.
  public static List<ModuleDescription> of(SchemaContext context) {
    return context.model().getModules().stream()
        .map(module -> of(context, module))
        .sorted(
            Comparator.comparing(ModuleDescription::name)
                .thenComparing(ModuleDescription::revision))
        .toList();
  }

  private static ModuleDescription of(SchemaContext context, Module module) {
    YangSource source = context.sources().get(module.getName());
    if (source == null) {
      throw new IllegalStateException("Module " + module.getName() + " has no file");
    }
    return new ModuleDescription(
        module.getName(),
        module.getRevision().map(Object::toString).orElse(""),
        module.getNamespace().toString(),
        context.isImplemented(module.getQNameModule()),
        new TreeSet<>(context.features().getOrDefault(module.getName(), Set.of())),
        source);
  }

  /// The yang-library's `content-id` (RFC 8525 §3): the same for the same modules and features,
  /// whatever process computes it.
  public static String contentId(List<SchemaContext> contexts) {
    String list =
        contexts.stream()
            .map(context ->
                context.name()
                    + of(context).stream()
                        .map(m -> m.name + "@" + m.revision + m.features + m.implemented)
                        .collect(Collectors.joining("\n", "\n", "\n")))
            .sorted()
            .collect(Collectors.joining());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(list.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
