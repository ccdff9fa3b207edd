package io.vireo.schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// One YANG file: what its name says it holds, and where it is.
///
/// RFC 7950 §5.2: a file is named `module-or-submodule-name ['@' revision-date] '.yang'`. The name
/// is trusted for look-up only; the parser checks it against the `module` statement.
///
/// @param module the module or submodule name
/// @param fileRevision the revision in the file name, if any
/// @param location where the text is read from
public record YangSource(String module, @Nullable String fileRevision, URI location) {
  private static final Pattern FILE_NAME =
      Pattern.compile("([A-Za-z_][A-Za-z0-9_.-]*?)(?:@(\\d{4}-\\d{2}-\\d{2}))?\\.yang");

  /// The source a file holds, or null when the name is not that of a YANG file.
  public static @Nullable YangSource ofFileName(String fileName, URI location) {
    Matcher matcher = FILE_NAME.matcher(fileName);
    return matcher.matches() ? new YangSource(matcher.group(1), matcher.group(2), location) : null;
  }

  /// The file's text, as `get-schema` (RFC 6022 §3.1) hands it out.
  public String text() {
    try (InputStream in = location.toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("YANG file " + location + " cannot be read", e);
    }
  }

  /// The last part of the location, for messages.
  public String fileName() {
    String text = location.toString();
    return text.substring(text.lastIndexOf('/') + 1);
  }

  /// True when this file is the one to take where both are present: the later revision wins.
  boolean supersedes(YangSource other) {
    String mine = fileRevision == null ? "" : fileRevision;
    String theirs = other.fileRevision == null ? "" : other.fileRevision;
    return mine.compareTo(theirs) >= 0;
  }
}
