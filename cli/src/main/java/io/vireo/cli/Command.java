package io.vireo.cli;

import io.vireo.cli.exec.Output;
import io.vireo.datastore.api.ManagementException;

/// What a line means: something to do in a session.
@FunctionalInterface
interface Command {
  /// @throws ManagementException when the datastore refuses
  /// @throws InterruptedException when the client goes away meanwhile
  void run(CliSession session, Output out) throws ManagementException, InterruptedException;
}
