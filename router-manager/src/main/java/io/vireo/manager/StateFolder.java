package io.vireo.manager;

import java.nio.file.Path;

/// Where everything stands inside the state folder.
///
/// ```text
///  STATE                root      0711
///    data               vireo     0700   datastore, host keys
///    guard              root      0700   lock, journal of claimed devices, whether it ever served
///    log                root      0711   what the processes print (0640)
///      manager          vireo     0700   the manager's JVM log and crash files
///      vr-NAME          vireo-vr  0700   a virtual router's
///    run                root      0711
///      guard.sock       root:vireo 0660  the guard listens
///      handover         root:vireo 0750  the guard writes, the manager reads
///        first-user     root:vireo 0640  credentials on their way to the datastore
///        boot-config.xml root:vireo 0640 copy of --config
///      vr/NAME          vireo-vr:vireo 2711   control.sock (0660) and rsock.sock (0666)
/// ```
public record StateFolder(Path root) {
  /// `sun_path` of unix(7), less its final NUL.
  private static final int SOCKET_PATH_MAX_BYTES = 107;

  private static final int LONGEST_NAME = 32;

  public Path data() {
    return root.resolve("data");
  }

  /// Configurations that NETCONF keeps in files.
  public Path files() {
    return data().resolve("files");
  }

  public Path guard() {
    return root.resolve("guard");
  }

  public Path log() {
    return root.resolve("log");
  }

  public Path run() {
    return root.resolve("run");
  }

  public Path guardSocket() {
    return run().resolve("guard.sock");
  }

  /// What the guard hands to the manager as files.
  public Path handover() {
    return run().resolve("handover");
  }

  public Path firstUser() {
    return handover().resolve("first-user");
  }

  public Path bootConfig() {
    return handover().resolve("boot-config.xml");
  }

  public Path routers() {
    return run().resolve("vr");
  }

  public Path router(String name) {
    return routers().resolve(name);
  }

  public Path controlSocket(String router) {
    return router(router).resolve("control.sock");
  }

  public Path rsockSocket(String router) {
    return router(router).resolve("rsock.sock");
  }

  /// Whether the path of every socket fits an AF_UNIX address.
  public boolean socketPathsFit() {
    Path longest = controlSocket("x".repeat(LONGEST_NAME));
    return longest.toString().length() <= SOCKET_PATH_MAX_BYTES;
  }
}
