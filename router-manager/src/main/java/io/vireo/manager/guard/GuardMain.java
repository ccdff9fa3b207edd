package io.vireo.manager.guard;

import io.vireo.manager.StateFolder;
import io.vireo.manager.launch.LaunchKit;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// `vireo run`: the privileged process that starts all others. It stays in the foreground until
/// SIGTERM or SIGINT.
///
/// Exit codes: 0 ended in order, 1 could not do what was asked, 2 the command line is wrong.
public final class GuardMain {
  static final int OK = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;

  private GuardMain() {}

  public static void main(String[] words) {
    List<String> arguments = List.of(words);
    if (arguments.contains("--help")) {
      System.out.print(RunOptions.USAGE);
      return;
    }
    try {
      RunOptions options = RunOptions.parse(arguments, FirstCredentials.invoker());
      run(options);
    } catch (UsageException wrong) {
      complain(wrong.getMessage() + "");
      System.exit(USAGE);
    } catch (StartupException refused) {
      complain(refused.getMessage() + "");
      System.exit(FAILURE);
    } catch (IOException failed) {
      complain("can't start: " + failed.getMessage());
      System.exit(FAILURE);
    }
  }

  private static void run(RunOptions options) throws StartupException, IOException {
    Startup startup = new Startup(options, GuardMain::say);
    GuardService service =
        startup.prepare(new StateFolder(options.state()), LaunchKit.ofThisProcess());
    CountDownLatch ended = new CountDownLatch(1);
    AtomicInteger exitCode = new AtomicInteger(FAILURE);
    // A shutdown hook is the Java library's only word for SIGTERM and SIGINT.
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  service.requestStop();
                  awaitQuietly(ended);
                  Runtime.getRuntime().halt(exitCode.get());
                },
                "stop"));
    try {
      service.start();
      service.awaitStop();
      exitCode.set(service.exitCode());
    } catch (IOException failed) {
      complain("did not end in order: " + failed.getMessage());
    } finally {
      // Whatever happened: the hook waits for this, and an exit waits for the hook.
      ended.countDown();
    }
    System.exit(exitCode.get());
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  static void say(String line) {
    System.out.println("vireo: " + line);
    System.out.flush();
  }

  private static void complain(String line) {
    System.err.println("vireo: " + line);
  }
}
