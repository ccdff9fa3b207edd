package io.vireo.schema;

import java.util.Map;
import java.util.Set;
import org.opendaylight.yangtools.yang.common.QName;
import org.opendaylight.yangtools.yang.common.QNameModule;
import org.opendaylight.yangtools.yang.model.api.EffectiveModelContext;

/// A named, immutable set of compiled YANG modules.
///
/// YANG Tools' model keeps the data nodes of modules that are only imported; RFC 7950 §5.6.5 says
/// that they do not exist. [#isImplemented] tells them apart, and every reader here asks it.
///
/// @param name the manifest's name: `device`, `router` or `control`
/// @param model the compiled modules
/// @param implemented the modules whose nodes exist
/// @param features the supported features by module name
/// @param sources the files of all modules and submodules in the context, by name
/// @param parseNs how long loading took
public record SchemaContext(
    String name,
    EffectiveModelContext model,
    Set<QNameModule> implemented,
    Map<String, Set<String>> features,
    Map<String, YangSource> sources,
    long parseNs) {
  /// What YANG Tools' data trees call their top container.
  public static final QName ROOT_NAME =
      org.opendaylight.yangtools.yang.model.api.SchemaContext.NAME;

  public SchemaContext {
    implemented = Set.copyOf(implemented);
    features = Map.copyOf(features);
    sources = Map.copyOf(sources);
  }

  /// Whether nodes of this module exist in the context's data trees.
  public boolean isImplemented(QNameModule module) {
    return implemented.contains(module);
  }
}
