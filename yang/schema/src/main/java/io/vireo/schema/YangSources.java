package io.vireo.schema;

import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opendaylight.yangtools.yang.model.api.source.SourceIdentifier;
import org.opendaylight.yangtools.yang.model.spi.source.SourceInfo;
import org.opendaylight.yangtools.yang.model.spi.source.StringYangTextSource;
import org.opendaylight.yangtools.yang.model.spi.source.YangIRSource;
import org.opendaylight.yangtools.yang.parser.api.YangSyntaxErrorException;
import org.opendaylight.yangtools.yang.parser.rfc7950.repo.TextToIRTransformer;

/// All YANG files in reach: those on the class path under `META-INF/yang`, then those of
/// directories given by the operator, which replace a class path file of the same module and an
/// equal or earlier revision.
///
/// Text is turned into its statement tree once, however many contexts use the module. Safe for use
/// by many threads.
public final class YangSources {
  private static final String FOLDER = "META-INF/yang";
  private static final Pattern SUBMODULE = Pattern.compile("(?m)^\\s*submodule\\s");

  private final Map<String, YangSource> byModule;
  private final Map<String, ParsedYang> parsed = new ConcurrentHashMap<>();

  /// A file's statement tree and its linkage.
  record ParsedYang(YangIRSource tree, SourceInfo info) {}

  private YangSources(Map<String, YangSource> byModule) {
    this.byModule = byModule;
  }

  /// Indexes the class path and the given directories (in order).
  ///
  /// @throws SchemaLoadException when a directory cannot be listed
  public static YangSources of(ClassLoader classPath, List<Path> directories) {
    Map<String, YangSource> index = new TreeMap<>();
    try {
      for (URL folder : (Iterable<URL>) classPath.resources(FOLDER)::iterator) {
        listFolder(folder).forEach(source -> offer(index, source));
      }
    } catch (IOException | URISyntaxException e) {
      throw new SchemaLoadException("The YANG files on the class path cannot be listed", e);
    }
    for (Path directory : directories) {
      list(directory).forEach(source -> offer(index, source));
      Path forRouters = directory.resolve(SchemaContexts.ROUTER);
      if (Files.isDirectory(forRouters)) {
        list(forRouters).forEach(source -> offer(index, source));
      }
    }
    return new YangSources(index);
  }

  private static List<YangSource> list(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      return sourcesOf(files);
    } catch (IOException e) {
      throw new SchemaLoadException(
          "Models directory "
              + directory
              + " cannot be listed: give an existing, readable directory",
          e);
    }
  }

  /// The modules, without submodules, that an operator's directory adds to a context: its own files
  /// to the device's, those of its folder `router` to the virtual routers'.
  static List<String> siteModules(Path directory, String context) {
    Path folder =
        switch (context) {
          case SchemaContexts.DEVICE -> directory;
          case SchemaContexts.ROUTER -> directory.resolve(SchemaContexts.ROUTER);
          default -> null;
        };
    if (folder == null || !Files.isDirectory(folder)) {
      return List.of();
    }
    return list(folder).stream()
        .filter(source -> !SUBMODULE.matcher(source.text()).find())
        .map(YangSource::module)
        .distinct()
        .toList();
  }

  /// The file of a module or submodule.
  public @Nullable YangSource lookup(String module) {
    return byModule.get(module);
  }

  /// Every module and submodule name in reach, sorted.
  public List<String> names() {
    return List.copyOf(byModule.keySet());
  }

  /// The statement tree of a module; `wantedBy` is who needs it, for the message.
  ParsedYang require(String module, String wantedBy) {
    ParsedYang known = parsed.get(module);
    if (known != null) {
      return known;
    }
    YangSource source = lookup(module);
    if (source == null) {
      throw new SchemaLoadException(
          module,
          0,
          "No file for this module, needed by "
              + wantedBy
              + ": put "
              + module
              + ".yang on the class path under "
              + FOLDER
              + " or into the models directory");
    }
    ParsedYang fresh = parse(source);
    parsed.put(module, fresh);
    return fresh;
  }

  private static ParsedYang parse(YangSource source) {
    SourceIdentifier id = new SourceIdentifier(source.module(), source.fileRevision());
    StringYangTextSource text = new StringYangTextSource(id, source.text(), source.fileName());
    try {
      YangIRSource tree = TextToIRTransformer.transformText(text);
      return new ParsedYang(tree, tree.extractSourceInfo());
    } catch (YangSyntaxErrorException e) {
      throw new SchemaLoadException(source.module(), e.getLine(), ParserMessages.syntax(e), e);
    } catch (IOException | SourceInfo.ExtractorException e) {
      throw ParserMessages.loadException(source.module(), e);
    }
  }

  private static void offer(Map<String, YangSource> index, YangSource source) {
    YangSource held = index.get(source.module());
    if (held == null || source.supersedes(held)) {
      index.put(source.module(), source);
    }
  }

  private static List<YangSource> listFolder(URL folder) throws IOException, URISyntaxException {
    if (folder.openConnection() instanceof JarURLConnection connection) {
      return listJar(connection);
    }
    try (Stream<Path> files = Files.list(Path.of(folder.toURI()))) {
      return sourcesOf(files);
    }
  }

  private static List<YangSource> sourcesOf(Stream<Path> files) {
    List<YangSource> found = new ArrayList<>();
    for (Path file : (Iterable<Path>) files.sorted()::iterator) {
      YangSource source = YangSource.ofFileName(file.getFileName().toString(), file.toUri());
      if (source != null) {
        found.add(source);
      }
    }
    return found;
  }

  private static List<YangSource> listJar(JarURLConnection connection) throws IOException {
    List<YangSource> found = new ArrayList<>();
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      for (JarEntry entry : (Iterable<JarEntry>) jar.stream()::iterator) {
        String name = entry.getName();
        if (name.startsWith(FOLDER + "/")) {
          URI location = URI.create("jar:" + connection.getJarFileURL() + "!/" + name);
          YangSource source = YangSource.ofFileName(name.substring(FOLDER.length() + 1), location);
          if (source != null) {
            found.add(source);
          }
        }
      }
    }
    return found;
  }
}
