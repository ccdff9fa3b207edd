package io.vireo.generator.model;

import io.vireo.generator.GenerationException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The names of the classes inside one class, or of those of one package.
public final class Scope {
  private final @Nullable Scope outer;
  private final String simpleName;
  private final String qualifiedName;
  private final Set<String> taken = new HashSet<>();

  private Scope(@Nullable Scope outer, String simpleName, String qualifiedName) {
    this.outer = outer;
    this.simpleName = simpleName;
    this.qualifiedName = qualifiedName;
  }

  /// The classes of a package.
  public static Scope ofPackage(String packageName) {
    return new Scope(null, "", packageName);
  }

  /// Reserves the first of `candidates` that is neither in this scope nor the name of a class
  /// around it, and opens the scope inside that class.
  public Scope nest(String... candidates) {
    for (String candidate : candidates) {
      if (!encloses(candidate) && taken.add(candidate)) {
        return new Scope(this, candidate, qualifiedName + "." + candidate);
      }
    }
    throw new GenerationException(
        "no free class name among " + String.join(", ", candidates) + " in " + qualifiedName);
  }

  private boolean encloses(String candidate) {
    for (Scope scope = this; scope != null; scope = scope.outer) {
      if (scope.simpleName.equals(candidate)) {
        return true;
      }
    }
    return false;
  }

  /// The class's own name.
  public String simpleName() {
    return simpleName;
  }

  /// The class's name with its package and the classes around it.
  public String qualifiedName() {
    return qualifiedName;
  }
}
