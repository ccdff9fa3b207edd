package io.vireo.netconf.monitoring;

import io.vireo.netconf.monitoring.ServedModules.ServedModule;
import io.vireo.schema.SchemaContext;
import java.util.HashSet;
import java.util.Set;
import org.opendaylight.yangtools.yang.model.api.Module;

/// The part of the state that says which modules are served. The yang-library of RFC 8525 is the
/// datastore room's.
final class LibraryDocument {
  private static final String LIBRARY = "urn:ietf:params:xml:ns:yang:ietf-yang-library";

  private final ServedModules modules;
  private final StateDocument document = new StateDocument();

  LibraryDocument(ServedModules modules) {
    this.modules = modules;
    schemas();
    modulesState();
  }

  /// RFC 6022 §2.1.3.
  private void schemas() {
    document.open("netconf-state", StateDocument.MONITORING).open("schemas");
    for (ServedModule module : modules.all()) {
      document
          .open("schema")
          .leaf("identifier", module.name())
          .leaf("version", module.revision())
          .leaf("format", "yang")
          .leaf("namespace", module.namespace())
          .leaf("location", "NETCONF")
          .close("schema");
    }
    document.close("schemas").close("netconf-state");
  }

  /// RFC 7895's view of the device's modules, which RFC 8525 §4 keeps for old clients.
  private void modulesState() {
    SchemaContext context = modules.main();
    Set<String> seen = new HashSet<>();
    document.open("modules-state", LIBRARY).leaf("module-set-id", modules.moduleSetId());
    for (Module module : ServedModules.sorted(context)) {
      String revision = ServedModules.revision(module.getRevision().orElse(null));
      if (!seen.add(module.getName() + "@" + revision)) {
        continue;
      }
      boolean implemented = context.isImplemented(module.getQNameModule());
      document
          .open("module")
          .leaf("name", module.getName())
          .leaf("revision", revision)
          .leaf("namespace", module.getNamespace().toString());
      if (implemented) {
        ServedModules.features(context, module).forEach(name -> document.leaf("feature", name));
        for (String deviation : ServedModules.deviations(context, module)) {
          document
              .open("deviation")
              .leaf("name", deviation)
              .leaf("revision", revisionOf(context, deviation))
              .close("deviation");
        }
      }
      document.leaf("conformance-type", implemented ? "implement" : "import").close("module");
    }
    document.close("modules-state");
  }

  private static String revisionOf(SchemaContext context, String name) {
    return context.model().findModules(name).stream()
        .findFirst()
        .map(module -> ServedModules.revision(module.getRevision().orElse(null)))
        .orElse("");
  }

  @Override
  public String toString() {
    return document.toString();
  }
}
