package io.vireo.datastore.engine;

import io.vireo.schema.SchemaContext;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.opendaylight.yangtools.yang.common.Revision;
import org.opendaylight.yangtools.yang.model.api.Module;

/// The modules that a configuration is written with: `context/module` to revision, which is empty
/// where a module has none.
record ModelSet(SortedMap<String, String> revisions) {
  static ModelSet of(SchemaContext... contexts) {
    SortedMap<String, String> revisions = new TreeMap<>();
    for (SchemaContext context : contexts) {
      for (Module module : context.model().getModules()) {
        if (context.isImplemented(module.getQNameModule())) {
          revisions.put(
              context.name() + "/" + module.getName(),
              module.getRevision().map(Revision::toString).orElse(""));
        }
      }
    }
    return new ModelSet(revisions);
  }

  static ModelSet parse(String text) {
    SortedMap<String, String> revisions = new TreeMap<>();
    text.lines()
        .forEach(line -> {
          int at = line.indexOf('@');
          revisions.put(line.substring(0, at), line.substring(at + 1));
        });
    return new ModelSet(revisions);
  }

  String text() {
    StringBuilder text = new StringBuilder();
    revisions.forEach(
        (module, revision) -> text.append(module).append('@').append(revision).append('\n'));
    return text.toString();
  }

  boolean has(String module) {
    return revisions.containsKey(module);
  }

  /// What this has and another has not, each as `module@revision`.
  List<String> without(ModelSet other) {
    List<String> missing = new ArrayList<>();
    revisions.forEach((module, revision) -> {
      if (!other.has(module)) {
        missing.add(
            module.substring(module.indexOf('/') + 1) + (revision.isEmpty() ? "" : "@" + revision));
      }
    });
    return missing;
  }

  /// The modules that both have in another revision, in words.
  List<String> revisedIn(ModelSet other) {
    List<String> revised = new ArrayList<>();
    revisions.forEach((module, revision) -> {
      String now = other.revisions.get(module);
      if (now != null && !now.equals(revision)) {
        revised.add(module.substring(module.indexOf('/') + 1) + " " + revision + " is now " + now);
      }
    });
    return revised;
  }
}
