package io.vireo.manager;

import io.vireo.manager.boot.ManagerOptions;
import io.vireo.manager.boot.ManagerService;
import io.vireo.manager.boot.ManagerTraining;
import io.vireo.manager.guard.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/// `vireod`: the router manager, as user `vireo`. The guard starts it.
public final class ManagerMain {
  // It warns of each connection that is broken off, which anybody can make it do as often as they
  // like; our own audit has its bounds. Kept here, or its level would be forgotten.
  private static final Logger SSH_LIBRARY = Logger.getLogger("org.apache.sshd");

  private ManagerMain() {}

  public static void main(String[] words) {
    System.setProperty(
        "java.util.logging.SimpleFormatter.format", "%1$tF %1$tT.%1$tL %4$s %5$s%6$s%n");
    SSH_LIBRARY.setLevel(Level.SEVERE);
    if (words.length == 2 && words[0].equals("--train")) {
      train(Path.of(words[1]));
      return;
    }
    ManagerService service;
    try {
      service = new ManagerService(ManagerOptions.parse(List.of(words)));
    } catch (UsageException wrong) {
      System.err.println("vireod: " + wrong.getMessage());
      System.exit(2);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(service), "stop"));
    try {
      service.run();
    } catch (IOException failed) {
      System.err.println("vireod: " + failed.getMessage());
      System.exit(1);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    System.exit(0);
  }

  /// A start without guard and routers, for the AOT cache (see [AotTraining]).
  private static void train(Path scratch) {
    try {
      ManagerTraining.run(scratch);
    } catch (IOException failed) {
      System.err.println("vireod: " + failed.getMessage());
      System.exit(1);
    }
    System.exit(0);
  }

  private static void close(ManagerService service) {
    try {
      service.close();
    } catch (IOException failed) {
      System.err.println("vireod: " + failed.getMessage());
    }
  }
}
