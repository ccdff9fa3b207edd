package io.vireo.manager.launch;

import java.util.List;

/// How a virtual router's JVM is run: the `profile` leaf of vireo-virtual-router.
///
/// Every figure that decides a process's memory and pauses stands here and nowhere else.
public enum RunProfile {
  /// Least memory, and next to no work of the JVM's own: it looks for unused monitors now and then
  /// instead of four times a second, and compiles what runs a thousand times, not what runs once a
  /// second.
  SMALL(
      "small",
      List.of(
          "-XX:+UseSerialGC",
          "-Xms16m",
          "-Xmx32m",
          "-Xss256k",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:AsyncDeflationInterval=30000",
          "-XX:Tier3InvocationThreshold=2000",
          "-XX:Tier3MinInvocationThreshold=1000",
          "-XX:Tier3CompileThreshold=10000")),
  /// Shortest pauses. A few hundred megabytes hold a full table's RIB in compact form.
  STANDARD("standard", List.of("-XX:+UseZGC", "-Xms64m", "-Xmx512m"));

  private static final List<String> COMMON =
      List.of(
          "-XX:+UseCompactObjectHeaders",
          "-XX:TieredStopAtLevel=4",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:MaxDirectMemorySize=64m",
          "-XX:ReservedCodeCacheSize=48m");

  private final String yangName;
  private final List<String> options;

  RunProfile(String yangName, List<String> options) {
    this.yangName = yangName;
    this.options = options;
  }

  public String yangName() {
    return yangName;
  }

  /// JVM options; an AOT cache is of use only to a JVM with the same ones.
  public List<String> jvmOptions() {
    List<String> all = new java.util.ArrayList<>(COMMON);
    all.addAll(options);
    return all;
  }

  /// File name of the AOT cache made for this profile.
  public String aotCache() {
    return "router-" + yangName + ".aot";
  }
}
