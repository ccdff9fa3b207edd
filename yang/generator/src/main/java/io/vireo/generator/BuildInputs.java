package io.vireo.generator;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// Everything that generated sources depend on: YANG modules, SID files, manifests, and the
/// generator's own classes, by name.
final class BuildInputs {
  private static final String MANIFEST = "META-INF/vireo/router.modules";
  private static final String SID_FOLDER = "META-INF/sid/";

  private final SortedMap<String, byte[]> files = new TreeMap<>();

  private BuildInputs() {}

  static BuildInputs ofClassPath() throws IOException {
    BuildInputs inputs = new BuildInputs();
    ClassLoader loader = BuildInputs.class.getClassLoader();
    URL manifest =
        Objects.requireNonNull(loader.getResource(MANIFEST), "no models on the class path");
    String text = manifest.toString();
    String root = text.substring(0, text.length() - MANIFEST.length());
    try {
      inputs.addAll(root, "META-INF");
      String own = BuildInputs.class.getName().replace('.', '/') + ".class";
      URL ownClass = Objects.requireNonNull(loader.getResource(own), own);
      String ownText = ownClass.toString();
      inputs.addAll(ownText.substring(0, ownText.length() - own.length()), "io");
    } catch (URISyntaxException e) {
      throw new IOException("not a class path entry: " + root, e);
    }
    return inputs;
  }

  /// SHA-256 over all inputs, in hexadecimal.
  String fingerprint() {
    return HexFormat.of().formatHex(hash(""));
  }

  /// SHA-256 over the SID files, in the order of their names.
  byte[] sidHash() {
    return hash(SID_FOLDER);
  }

  private byte[] hash(String prefix) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      files
          .tailMap(prefix)
          .forEach((name, content) -> {
            if (name.startsWith(prefix)) {
              digest.update(name.getBytes(StandardCharsets.UTF_8));
              digest.update((byte) 0);
              digest.update(content);
            }
          });
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private void addAll(String root, String folder) throws IOException, URISyntaxException {
    if (root.startsWith("jar:")) {
      Path jar = Path.of(new URI(root.substring(4, root.indexOf("!/"))));
      try (FileSystem inside = FileSystems.newFileSystem(jar)) {
        add(inside.getPath("/"), folder);
      }
    } else {
      add(Path.of(new URI(root)), folder);
    }
  }

  private void add(Path root, String folder) throws IOException {
    try (Stream<Path> tree = Files.walk(root.resolve(folder))) {
      for (Path file : (Iterable<Path>) tree.filter(Files::isRegularFile)::iterator) {
        String name = root.relativize(file).toString();
        if (!name.startsWith("META-INF/maven") && !name.equals("META-INF/MANIFEST.MF")) {
          files.put(name, Files.readAllBytes(file));
        }
      }
    }
  }
}
