package io.vireo.cli;

import io.vireo.cli.config.Schemas;
import io.vireo.cli.schema.CliSchema;
import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.Management;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.schema.DeviceSchema;
import io.vireo.ssh.PseudoTerminal;
import io.vireo.ssh.ShellChannel;
import io.vireo.ssh.ShellDoor;
import java.io.IOException;

/// The command line as the SSH endpoint serves it: a shell with a terminal, a script on standard
/// input without one, or the one command that the client named.
public final class CliDoor implements ShellDoor {
  private static final int FAILED = 1;

  private final Management management;
  private final Schemas schemas;

  private CliDoor(Management management, Schemas schemas) {
    this.management = management;
    this.schemas = schemas;
  }

  /// Reads the schemas' `vireo-cli` statements; takes a moment, once.
  public static CliDoor of(Management management) {
    DeviceSchema served = management.schema();
    return new CliDoor(
        management,
        new Schemas(CliSchema.of(served.deviceContext()), CliSchema.of(served.routerContext())));
  }

  @Override
  public int serve(ShellChannel channel) throws IOException {
    if (channel.scope() != null) {
      channel.refuse("% sessions on one virtual router are NETCONF's: log in as " + channel.user());
      return FAILED;
    }
    Caller caller = new Caller(channel.user(), Caller.Door.CLI, channel.remote());
    try (ManagementSession management = this.management.open(caller, channel::close)) {
      CliSession session = new CliSession(management, schemas);
      channel.onSignal(signal -> {
        if (signal.equals("INT")) {
          session.cancel();
        }
      });
      String command = channel.command();
      PseudoTerminal terminal = channel.terminal();
      if (command == null && terminal != null) {
        return new Shell(session, channel, terminal).run();
      }
      Script script =
          new Script(session, channel.output(), channel.error(), terminal == null ? "\n" : "\r\n");
      return command == null ? script.run(channel.input()) : script.run(command.lines().toList());
    } catch (ManagementException e) {
      channel.refuse("% " + e.getMessage());
      return FAILED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return FAILED;
    }
  }
}
