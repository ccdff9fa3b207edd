package io.vireo.schema.sid;

import io.vireo.schema.SchemaLoadException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Numbers and names of all modules; no number and no name occurs twice.
public final class SidRegistry {
  private static final String FOLDER = "META-INF/sid/";

  private record Name(SidNamespace namespace, String text) {}

  private final Map<Long, SidItem> bySid;
  private final Map<Name, SidItem> byName;

  private SidRegistry(Map<Long, SidItem> bySid, Map<Name, SidItem> byName) {
    this.bySid = bySid;
    this.byName = byName;
  }

  /// The union of these files.
  ///
  /// @throws SchemaLoadException when a number or a name is given twice
  public static SidRegistry of(Collection<SidFile> files) {
    Map<Long, SidItem> bySid = new HashMap<>();
    Map<Name, SidItem> byName = new HashMap<>();
    for (SidFile file : files) {
      for (SidItem item : file.items()) {
        SidItem sameSid = bySid.putIfAbsent(item.sid(), item);
        SidItem sameName = byName.putIfAbsent(nameOf(item), item);
        if (sameSid != null || sameName != null) {
          throw new SchemaLoadException(
              "SID file of "
                  + file.module()
                  + ": "
                  + item
                  + " clashes with "
                  + (sameSid != null ? sameSid : sameName),
              null);
        }
      }
    }
    return new SidRegistry(bySid, byName);
  }

  /// The `.sid` files on the class path of the modules named; a module without a file has no
  /// numbers.
  public static SidRegistry ofClassPath(Collection<String> modules) {
    List<SidFile> files = new ArrayList<>();
    ClassLoader loader = SidRegistry.class.getClassLoader();
    for (String module : modules) {
      String resource = FOLDER + module + ".sid";
      @Nullable URL url = loader.getResource(resource);
      if (url == null) {
        continue;
      }
      try (Reader in = new InputStreamReader(url.openStream(), StandardCharsets.UTF_8)) {
        files.add(SidFile.read(resource, in));
      } catch (IOException e) {
        throw new SchemaLoadException("SID file " + resource + " cannot be read", e);
      }
    }
    return of(files);
  }

  /// What a number stands for.
  public @Nullable SidItem lookup(long sid) {
    return bySid.get(sid);
  }

  /// The number of a data node, operation or notification by its schema node path, 0 when it has
  /// none.
  public long dataSid(String schemaNodePath) {
    return sidOf(new Name(SidNamespace.DATA, schemaNodePath));
  }

  /// The number of an identity, 0 when it has none.
  public long identitySid(String module, String identity) {
    return sidOf(new Name(SidNamespace.IDENTITY, module + ":" + identity));
  }

  /// The number of a feature, 0 when it has none.
  public long featureSid(String module, String feature) {
    return sidOf(new Name(SidNamespace.FEATURE, module + ":" + feature));
  }

  /// The number of a module, 0 when it has none.
  public long moduleSid(String module) {
    return sidOf(new Name(SidNamespace.MODULE, module));
  }

  /// How many numbers are known.
  public int size() {
    return bySid.size();
  }

  private long sidOf(Name name) {
    SidItem item = byName.get(name);
    return item == null ? 0 : item.sid();
  }

  private static Name nameOf(SidItem item) {
    return switch (item.namespace()) {
      case DATA, MODULE -> new Name(item.namespace(), item.identifier());
      case IDENTITY, FEATURE -> new Name(item.namespace(), item.module() + ":" + item.identifier());
    };
  }
}
