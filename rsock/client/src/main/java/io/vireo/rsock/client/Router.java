package io.vireo.rsock.client;

import java.util.regex.Pattern;

/// Where a socket lives: in the kernel, or in a named virtual router.
///
/// Its text form is `kernel` or `vr:NAME`; a bare `NAME` is read as `vr:NAME`.
public sealed interface Router {
  /// The kernel of this machine.
  Router KERNEL = new Kernel();

  /// The virtual router called `name`.
  static Named named(String name) {
    return new Named(name);
  }

  /// Reads the text form.
  static Router parse(String text) {
    if (text.equals(Kernel.TEXT)) {
      return KERNEL;
    }
    return new Named(text.startsWith(Named.PREFIX) ? text.substring(3) : text);
  }

  /// The kernel; there is one.
  record Kernel() implements Router {
    static final String TEXT = "kernel";

    @Override
    public String toString() {
      return TEXT;
    }
  }

  /// A virtual router of this machine, running or not.
  record Named(String name) implements Router {
    static final String PREFIX = "vr:";

    /// A name is also the name of a directory, so that it must not lead out of its parent.
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,62}");

    public Named {
      if (!NAME.matcher(name).matches() || name.equals(Kernel.TEXT)) {
        throw new IllegalArgumentException(
            "'"
                + name
                + "' does not name a virtual router: need letters, digits, '_', '.', '-', at most 63,"
                + " or 'kernel'");
      }
    }

    @Override
    public String toString() {
      return PREFIX + name;
    }
  }
}
