package io.vireo.rsock.client.rules;

import io.vireo.rsock.client.Router;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The rules file of a running program: read at the start, read again whenever it changes.
///
/// A thread of its own waits for changes in the file's directory (so that a file replaced by rename
/// is seen) and looks once a second besides, for directories that cannot be watched. A change that
/// does not parse, or a file that has gone, leaves the last good rules in force and is logged once.
/// A file that is just being written is read when its writer has left it alone.
public final class RulesFile implements Closeable {
  private static final System.Logger LOG = System.getLogger(RulesFile.class.getName());
  private static final long MAX_FILE_BYTES = 4 << 20;

  /// An editor that writes in place leaves the file empty or cut for a moment: the watching thread
  /// reads it when it has been left alone for this long.
  private static final long SETTLE_MS = 50;

  private final Path file;
  private final Router otherwise;
  private final WatchService watch;
  private final List<Consumer<SocketRules>> listeners = new CopyOnWriteArrayList<>();

  private volatile SocketRules rules;
  private String text;
  private @Nullable String complaint;

  private RulesFile(Path file, Router otherwise) throws IOException {
    this.file = file.toAbsolutePath();
    this.otherwise = otherwise;
    this.text = read(this.file);
    this.rules = parse(text);
    this.watch = this.file.getFileSystem().newWatchService();
  }

  /// Reads `file`, which must exist and parse, and watches it from then on.
  ///
  /// @param otherwise where sockets live that no rule matches
  public static RulesFile open(Path file, Router otherwise) throws IOException {
    RulesFile opened = new RulesFile(file, otherwise);
    Path directory = opened.file.getParent();
    if (directory != null) {
      directory.register(
          opened.watch,
          StandardWatchEventKinds.ENTRY_CREATE,
          StandardWatchEventKinds.ENTRY_MODIFY,
          StandardWatchEventKinds.ENTRY_DELETE);
    }
    Thread.ofPlatform().daemon().name("rsock-rules").start(opened::watch);
    return opened;
  }

  /// The rules in force.
  public SocketRules rules() {
    return rules;
  }

  /// Calls `listener`, on the watching thread, with every later change of the rules.
  public void onChange(Consumer<SocketRules> listener) {
    listeners.add(listener);
  }

  public void forget(Consumer<SocketRules> listener) {
    listeners.remove(listener);
  }

  /// Reads the file now, whole or not, if it has changed.
  public synchronized void refresh() {
    take(false);
  }

  /// @param settled whether to leave a file alone that changes while it is read or has just changed
  private synchronized void take(boolean settled) {
    try {
      long changedMs = settled ? modifiedMs() : 0;
      String found = read(file);
      if (settled
          && (changedMs != modifiedMs()
              || Math.abs(System.currentTimeMillis() - changedMs) < SETTLE_MS)) {
        return;
      }
      if (found.equals(text)) {
        return;
      }
      text = found;
      rules = parse(found);
      complaint = null;
    } catch (IOException e) {
      complain(e);
      return;
    }
    SocketRules changed = rules;
    for (Consumer<SocketRules> listener : listeners) {
      listener.accept(changed);
    }
  }

  @Override
  public void close() throws IOException {
    watch.close();
  }

  private void watch() {
    boolean touched = false;
    try {
      while (true) {
        WatchKey key = watch.poll(touched ? 2 * SETTLE_MS : 1000, TimeUnit.MILLISECONDS);
        if (key == null) {
          touched = false;
          take(true);
          continue;
        }
        for (WatchEvent<?> event : key.pollEvents()) {
          touched |= event.context() == null || event.context().equals(file.getFileName());
        }
        key.reset();
      }
    } catch (ClosedWatchServiceException closed) {
      // close() ends this thread.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private SocketRules parse(String found) throws RulesException {
    try {
      return SocketRules.parse(found, otherwise);
    } catch (RulesException e) {
      throw new RulesException(file + ", " + e.getMessage(), e);
    }
  }

  private void complain(IOException e) {
    String said = e.toString();
    if (!said.equals(complaint)) {
      complaint = said;
      LOG.log(System.Logger.Level.WARNING, "rsock rules stay as they were: {0}", said);
    }
  }

  private long modifiedMs() throws IOException {
    return Files.exists(file) ? Files.getLastModifiedTime(file).toMillis() : 0;
  }

  private static String read(Path file) throws IOException {
    long sizeBytes;
    try {
      sizeBytes = Files.size(file);
    } catch (NoSuchFileException e) {
      throw new RulesException("rules file " + file + " does not exist", e);
    }
    if (sizeBytes > MAX_FILE_BYTES) {
      throw new RulesException(
          "rules file " + file + " has " + sizeBytes + " bytes, at most " + MAX_FILE_BYTES, null);
    }
    return Files.readString(file);
  }
}
