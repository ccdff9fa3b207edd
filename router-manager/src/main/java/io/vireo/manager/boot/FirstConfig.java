package io.vireo.manager.boot;

import io.vireo.datastore.api.Caller;
import io.vireo.datastore.api.CommitResult;
import io.vireo.datastore.api.Datastore;
import io.vireo.datastore.api.Management;
import io.vireo.datastore.api.ManagementException;
import io.vireo.datastore.api.ManagementSession;
import io.vireo.datastore.api.UserDirectory;
import io.vireo.manager.ConfigDocument;
import io.vireo.manager.FirstUser;
import io.vireo.records.device.DeviceRoot;
import io.vireo.records.device.vireosystem.PasswordHash;
import io.vireo.records.device.vireosystem.SystemNode;
import io.vireo.schema.cbor.TreeCborException;
import io.vireo.schema.cbor.TreeCborReader;
import io.vireo.schema.edit.EditOperation;
import io.vireo.schema.edit.TreeEdit;
import io.vireo.schema.edit.TreeId;
import io.vireo.schema.node.SchemaTree;
import io.vireo.wire.Bytes;
import io.vireo.wire.cbor.CborWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.opendaylight.yangtools.yang.data.api.YangInstanceIdentifier;
import org.opendaylight.yangtools.yang.data.api.schema.DataContainerChild;

/// What a first start commits: the operator's file and the first user.
final class FirstConfig {
  private static final long DEADLINE_S = 30;

  private FirstConfig() {}

  /// Commits edits as the system itself.
  ///
  /// @return warnings
  static List<String> commit(Management management, List<TreeEdit> edits, String comment)
      throws IOException {
    Caller system = new Caller("system", Caller.Door.SYSTEM, "local");
    try (ManagementSession session = management.open(system, () -> {})) {
      await(session.edit(Datastore.CANDIDATE, edits));
      CommitResult result = await(session.commit(comment));
      return result.warnings();
    }
  }

  private static <T> T await(CompletableFuture<T> asked) throws IOException {
    try {
      return asked.get(DEADLINE_S, TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      Throwable cause = failed.getCause();
      if (cause instanceof ManagementException refused) {
        List<String> messages = new ArrayList<>();
        refused.errors().forEach(error -> messages.add(error.message()));
        throw new IOException(String.join("; ", messages), refused);
      }
      throw new IOException(String.valueOf(failed.getMessage()), failed);
    } catch (TimeoutException late) {
      throw new IOException("no answer within " + DEADLINE_S + " s", late);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", interrupted);
    }
  }

  // RFC 8341 §3.1: by default nobody may write; somebody must.
  private static final String ADMINISTRATORS =
      """
      <config>
        <nacm xmlns="urn:ietf:params:xml:ns:yang:ietf-netconf-acm">
          <groups>
            <group><name>admin</name><user-name>%s</user-name></group>
          </groups>
          <rule-list>
            <name>admin</name>
            <group>admin</group>
            <rule>
              <name>everything</name>
              <action>permit</action>
              <comment>Administrators may do everything.</comment>
            </rule>
          </rule-list>
        </nacm>
      </config>
      """;

  /// The edits that let a user do everything.
  static List<TreeEdit> ofAdministrator(String user, SchemaTree device, SchemaTree router)
      throws IOException {
    return new ConfigDocument(device, router)
        .edits(
            new ByteArrayInputStream(
                ADMINISTRATORS.formatted(user).getBytes(StandardCharsets.UTF_8)));
  }

  /// The edit that makes a user.
  // NullAway overlooks @Nullable on a record component whose type is written qualified.
  @SuppressWarnings("NullAway")
  static List<TreeEdit> ofUser(FirstUser user, SchemaTree device, List<String> warnings)
      throws IOException {
    String password = user.password();
    PasswordHash hash =
        password == null
            ? null
            : new PasswordHash(io.vireo.ssh.PasswordHash.create(password.toCharArray()));
    SystemNode.Authentication.User entry =
        new SystemNode.Authentication.User(user.name(), hash, keys(user, warnings), null);
    DeviceRoot root =
        DeviceRoot.builder()
            .system(new SystemNode(null, null, null, new SystemNode.Authentication(List.of(entry))))
            .build();
    CborWriter out = new CborWriter();
    root.write(out);
    try {
      List<TreeEdit> edits = new ArrayList<>();
      for (DataContainerChild child :
          new TreeCborReader(device).readTree(out.toByteArray()).body()) {
        edits.add(
            new TreeEdit(
                TreeId.DEVICE,
                new EditOperation.Merge(YangInstanceIdentifier.of(child.name()), child)));
      }
      return edits;
    } catch (TreeCborException mistake) {
      throw new IOException(mistake);
    }
  }

  /// Whether a user is configured with the very credentials of `user`.
  static boolean isMade(FirstUser user, UserDirectory users) {
    UserDirectory.User found = users.find(user.name()).orElse(null);
    if (found == null) {
      return false;
    }
    String password = user.password();
    String hash = found.passwordHash();
    if (password != null) {
      return hash != null && io.vireo.ssh.PasswordHash.verify(password.toCharArray(), hash);
    }
    return user.keys().stream()
        .map(AuthorizedKeyLine::parse)
        .filter(Objects::nonNull)
        .anyMatch(line ->
            found.authorizedKeys().stream()
                .anyMatch(key ->
                    key.algorithm().equals(line.algorithm())
                        && Arrays.equals(key.blob(), line.blob())));
  }

  private static List<SystemNode.Authentication.User.AuthorizedKey> keys(
      FirstUser user, List<String> warnings) {
    List<SystemNode.Authentication.User.AuthorizedKey> keys = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (String line : user.keys()) {
      AuthorizedKeyLine key = AuthorizedKeyLine.parse(line);
      if (key == null) {
        warnings.add(
            "a line of the authorized keys was left out: it has options, or an algorithm that is"
                + " not known here");
        continue;
      }
      String name = key.comment().isEmpty() ? "key" : key.comment();
      String unique = name;
      for (int i = 2; !names.add(unique); i++) {
        unique = name + "-" + i;
      }
      keys.add(
          new SystemNode.Authentication.User.AuthorizedKey(
              unique, key.algorithm(), Bytes.wrap(key.blob())));
    }
    return keys;
  }
}
