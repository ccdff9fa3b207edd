package io.vireo.cli.exec;

/// Where a command's lines go.
@FunctionalInterface
public interface Output {
  void line(String line);
}
