package io.vireo.schema;

import org.jspecify.annotations.Nullable;

/// A schema context cannot be built: a YANG file is missing or wrong, or a manifest or SID file is.
/// The message names module, line and what to do.
public final class SchemaLoadException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String module;
  private final int line;

  /// A failure that belongs to no one module.
  public SchemaLoadException(String message, @Nullable Throwable cause) {
    super(message, cause);
    this.module = null;
    this.line = 0;
  }

  /// A failure in a module; line 0 when no line is to blame.
  public SchemaLoadException(String module, int line, String message) {
    this(module, line, message, null);
  }

  /// A failure in a module; line 0 when no line is to blame.
  public SchemaLoadException(String module, int line, String message, @Nullable Throwable cause) {
    super((line > 0 ? module + ", line " + line : module) + ": " + message, cause);
    this.module = module;
    this.line = line;
  }

  /// The module to blame, if one is.
  public @Nullable String module() {
    return module;
  }

  /// The line to blame, 0 when none is.
  public int line() {
    return line;
  }
}
