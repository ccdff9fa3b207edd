package io.vireo.rsock.client.tool;

import io.vireo.rsock.client.VireoSockets;
import java.io.IOException;
import java.io.PrintStream;

/// UDP from the command line, through virtual routers and the kernel: `serve`, `ask`, `send`.
public final class UdpTool {
  private static final String USAGE =
      """
      usage: UdpTool serve [--vr NAME]... [--both NAME] [--port PORT] [--rules-port PORT]
                           [--address ADDRESS] [--tag]
             UdpTool ask  ADDRESS PORT [--vr NAME] [--count N] [--interval MS] [--timeout MS]
                           [--size BYTES]
             UdpTool send ADDRESS PORT TEXT [--vr NAME] [--count N]

        serve   echoes what comes, and says through which router it came
        ask     sends N datagrams to an echo server and counts the answers
        send    sends TEXT and waits for nothing

        --vr NAME          the router: a virtual router, or 'kernel'; serve: one socket for each
        --both NAME        serve: one socket in NAME and one in the kernel
        --rules-port PORT  serve: one more socket, which lives where the rules say and moves
        --tag              serve: puts the router's name before each answer

      Without --vr the rules decide: RSOCK_RULES, then RSOCK_VR, then the kernel; RSOCK_DIR says where
      the routers' sockets are.  Exit code 0: done, all answered; 1: something failed; 2: usage.
      """;

  private UdpTool() {}

  /// Runs the tool and ends the process with its exit code.
  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  /// Runs the tool.
  ///
  /// @return the exit code
  static int run(String[] arguments, PrintStream out, PrintStream err) {
    ToolOptions options;
    try {
      options = ToolOptions.parse(arguments);
    } catch (IllegalArgumentException e) {
      err.println("UdpTool: " + e.getMessage());
      err.print(USAGE);
      return 2;
    }
    Transcript transcript = new Transcript(out);
    try (VireoSockets sockets = VireoSockets.system()) {
      return switch (options.verb()) {
        case SERVE -> new EchoServer(sockets, options, transcript).run();
        case ASK -> new EchoClient(sockets, options, transcript).ask();
        case SEND -> new EchoClient(sockets, options, transcript).send();
      };
    } catch (IOException | IllegalArgumentException e) {
      err.println("UdpTool: " + e.getMessage());
      return 1;
    }
  }
}
