package io.vireo.generator;

import io.vireo.generator.java.ClassText;
import io.vireo.generator.model.ClassModel;
import io.vireo.generator.model.ClassModel.IdentityClass;
import io.vireo.generator.model.ContextBuilder;
import io.vireo.generator.model.JavaNames;
import io.vireo.schema.SchemaContext;
import io.vireo.schema.sid.SidRegistry;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The generator as a function: contexts and SIDs to source files by their path.
public final class RecordsGenerator {
  private static final String BASE_PACKAGE = "io.vireo.records";

  private final SortedMap<String, String> files = new TreeMap<>();

  private RecordsGenerator() {}

  /// All source files; the same for the same input.
  ///
  /// @param sidHash SHA-256 over the SID files
  /// @throws GenerationException when a model uses what is not supported
  public static SortedMap<String, String> generate(
      Collection<SchemaContext> contexts, SidRegistry sids, byte[] sidHash) {
    RecordsGenerator generator = new RecordsGenerator();
    generator.packageInfo(BASE_PACKAGE, "The data of Vireo's YANG models, one package a context.");
    generator.add(BASE_PACKAGE, "SidHash", SupportText.sidHash(BASE_PACKAGE, sidHash));
    contexts.forEach(context -> generator.addContext(context, sids));
    return generator.files;
  }

  private void addContext(SchemaContext context, SidRegistry sids) {
    String contextPackage = BASE_PACKAGE + "." + JavaNames.packageSegment(context.name());
    List<ClassModel> classes = ContextBuilder.build(context, sids, contextPackage);
    packageInfo(contextPackage, "Context `" + context.name() + "`: one package a module.");
    for (ClassModel model : classes) {
      String packageName = ClassText.packageName(model.scope());
      packageInfo(
          packageName,
          "Nodes and types of one YANG module in the context `" + context.name() + "`.");
      add(packageName, model.scope().simpleName(), ClassText.file(model));
    }
    List<String> identities =
        classes.stream()
            .filter(IdentityClass.class::isInstance)
            .map(model -> model.scope().qualifiedName())
            .toList();
    String name = ContextBuilder.identitiesName(context.name());
    add(contextPackage, name, SupportText.identities(contextPackage, name, identities));
  }

  private void packageInfo(String packageName, String doc) {
    files.put(
        packageName.replace('.', '/') + "/package-info.java",
        SupportText.packageInfo(packageName, doc));
  }

  private void add(String packageName, String className, String text) {
    String previous = files.put(packageName.replace('.', '/') + "/" + className + ".java", text);
    if (previous != null) {
      throw new GenerationException("two classes are named " + packageName + "." + className);
    }
  }
}
