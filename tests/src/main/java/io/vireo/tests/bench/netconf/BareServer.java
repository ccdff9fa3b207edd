package io.vireo.tests.bench.netconf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.sshd.server.Environment;
import org.apache.sshd.server.ExitCallback;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.subsystem.SubsystemFactory;
import org.jspecify.annotations.Nullable;

/// What an SSH server alone could do: takes every key, says hello, and answers each message with as
/// many octets as it asks for, out of one array.
public final class BareServer {
  private static final int PIECE_BYTES = 32_000;

  private BareServer() {}

  /// @param arguments a directory for the host key. Prints the port, and ends with its standard
  ///   input.
  public static void main(String[] arguments) throws IOException {
    Logger.getLogger("").setLevel(Level.WARNING); // a line for each session would be measured too
    SshServer server = SshServer.setUpDefaultServer();
    server.setHost("127.0.0.1");
    SimpleGeneratorHostKeyProvider hostKey =
        new SimpleGeneratorHostKeyProvider(Path.of(arguments[0], "bare-host-key"));
    hostKey.setAlgorithm("EC");
    server.setKeyPairProvider(hostKey);
    server.setPublickeyAuthenticator((name, key, session) -> true);
    server.setSubsystemFactories(List.of(new Subsystem()));
    server.start();
    System.out.println(server.getPort());
    while (System.in.read() >= 0) {
      // until whoever started this is done
    }
    server.stop(true);
  }

  private static final class Subsystem implements SubsystemFactory {
    @Override
    public String getName() {
      return "netconf";
    }

    @Override
    public Command createSubsystem(ChannelSession channel) {
      return new Answering();
    }
  }

  private static final class Answering implements Command {
    private @Nullable InputStream input;
    private @Nullable OutputStream output;
    private @Nullable ExitCallback exit;
    private @Nullable Thread thread;

    @Override
    public void setInputStream(InputStream in) {
      input = in;
    }

    @Override
    public void setOutputStream(OutputStream out) {
      output = out;
    }

    @Override
    public void setErrorStream(OutputStream err) {
      // nothing is said there
    }

    @Override
    public void setExitCallback(ExitCallback callback) {
      exit = callback;
    }

    @Override
    public void start(ChannelSession channel, Environment environment) {
      thread = Thread.ofVirtual().start(this::run);
    }

    private void run() {
      InputStream in = input;
      OutputStream out = output;
      if (in == null || out == null) {
        throw new IllegalStateException("no streams");
      }
      try {
        out.write("<hello/>]]>]]>".getBytes(StandardCharsets.US_ASCII));
        out.flush();
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
        byte[] piece = new byte[PIECE_BYTES];
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          int at = line.indexOf("<octets>");
          if (at >= 0) {
            answer(out, piece, Long.parseLong(line.substring(at + 8, line.indexOf("</octets>"))));
          }
        }
      } catch (IOException gone) {
        // the client went
      }
      ExitCallback end = exit;
      if (end != null) {
        end.onExit(0);
      }
    }

    private static void answer(OutputStream out, byte[] piece, long octets) throws IOException {
      for (long left = octets; left > 0; left -= piece.length) {
        int part = (int) Math.min(left, piece.length);
        out.write(("\n#" + part + "\n").getBytes(StandardCharsets.US_ASCII));
        out.write(piece, 0, part);
      }
      out.write("\n##\n".getBytes(StandardCharsets.US_ASCII));
      out.flush();
    }

    @Override
    public void destroy(ChannelSession channel) {
      Thread running = thread;
      if (running != null) {
        running.interrupt();
      }
    }
  }
}
