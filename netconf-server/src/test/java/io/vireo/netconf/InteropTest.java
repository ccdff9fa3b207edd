package io.vireo.netconf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.vireo.datastore.api.UserDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Other people's clients, where this machine has them.
@Timeout(120)
class InteropTest {
  @TempDir Path directory = Path.of("");

  private record Outcome(int status, String output) {}

  private interface Script {
    void run(int port) throws Exception;
  }

  private void serve(UserDirectory users, Script script) throws Exception {
    try (TestServer server = new TestServer(directory, users)) {
      script.run(server.endpoint.address("netconf").getPort());
    }
  }

  private Outcome run(String input, String... command) throws IOException, InterruptedException {
    Path in = directory.resolve("input");
    Path out = directory.resolve("output");
    Files.writeString(in, input);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(in.toFile())
            .redirectOutput(out.toFile())
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it hangs: " + Files.readString(out));
      return new Outcome(process.exitValue(), Files.readString(out));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void ncclient_session_works() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/python3")));
    assumeTrue(run("", "/usr/bin/python3", "-c", "import ncclient").status() == 0);
    serve(
        TestClient.USERS,
        port -> {
          Outcome outcome =
              run(
                  "",
                  "/usr/bin/python3",
                  "src/test/python/ncclient_session.py",
                  "127.0.0.1",
                  Integer.toString(port));
          assertEquals("ok", outcome.output().strip());
        });
  }

  @Test
  void openSsh_subsystem_works() throws Exception {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh")));
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")));
    Path key = directory.resolve("key");
    assertEquals(
        0,
        run("", "/usr/bin/ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
            .status());
    String[] line = Files.readString(directory.resolve("key.pub")).split(" ", -1);
    UserDirectory users =
        name ->
            Optional.of(
                new UserDirectory.User(
                    name,
                    null,
                    List.of(
                        new UserDirectory.AuthorizedKey(
                            line[0], Base64.getDecoder().decode(line[1])))));
    String base = "urn:ietf:params:xml:ns:netconf:base:1.0";
    String input =
        ("<hello xmlns='%1$s'><capabilities>"
                + "<capability>urn:ietf:params:netconf:base:1.0</capability>"
                + "</capabilities></hello>]]>]]>"
                + "<rpc xmlns='%1$s' message-id='7' x='y'>"
                + "<get-config><source><running/></source></get-config></rpc>]]>]]>"
                + "<rpc xmlns='%1$s' message-id='8'><close-session/></rpc>]]>]]>")
            .formatted(base);
    serve(
        users,
        port -> {
          Outcome outcome =
              run(
                  input,
                  "/usr/bin/ssh",
                  "-F",
                  "none",
                  "-i",
                  key.toString(),
                  "-o",
                  "StrictHostKeyChecking=no",
                  "-o",
                  "UserKnownHostsFile=/dev/null",
                  "-o",
                  "BatchMode=yes",
                  "-p",
                  Integer.toString(port),
                  "-s",
                  "admin@127.0.0.1",
                  "netconf");
          String text = outcome.output();
          assertTrue(text.contains("message-id=\"7\" x=\"y\""), text);
          assertTrue(text.contains("message-id=\"8\""), text);
          assertTrue(text.contains("<ok/>"), text);
          assertEquals(0, outcome.status(), text);
        });
  }
}
