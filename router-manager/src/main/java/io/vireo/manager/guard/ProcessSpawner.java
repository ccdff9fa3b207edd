package io.vireo.manager.guard;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Starts a process as a user without privileges: no capabilities, none to be gained, no
/// supplementary groups, an environment of its own; what it prints goes to a file.
///
/// A process dies with the thread that started it (`PR_SET_PDEATHSIG`), so that none outlives the
/// guard: always called on the guard's loop, which lives as long as the guard.
final class ProcessSpawner {
  private ProcessSpawner() {}

  /// @param bindsLowPorts leaves CAP_NET_BIND_SERVICE, for a listener below port 1024
  static Process start(SystemAccount account, boolean bindsLowPorts, Path log, List<String> program)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command(account, bindsLowPorts, program));
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    environment.put("LANG", "C.UTF-8");
    LogFile.create(log);
    return builder
        .directory(new File("/"))
        .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .redirectErrorStream(true)
        .start();
  }

  static List<String> command(SystemAccount account, boolean bindsLowPorts, List<String> program) {
    List<String> command = new ArrayList<>(List.of("setpriv"));
    command.add("--reuid=" + account.uid());
    command.add("--regid=" + account.gid());
    command.add("--clear-groups");
    command.add("--no-new-privs");
    if (bindsLowPorts) {
      command.add("--inh-caps=-all,+net_bind_service");
      command.add("--ambient-caps=-all,+net_bind_service");
      command.add("--bounding-set=-all,+net_bind_service");
    } else {
      command.add("--inh-caps=-all");
      command.add("--ambient-caps=-all");
      command.add("--bounding-set=-all");
    }
    command.add("--pdeathsig=KILL");
    command.add("--");
    command.addAll(program);
    return command;
  }
}
