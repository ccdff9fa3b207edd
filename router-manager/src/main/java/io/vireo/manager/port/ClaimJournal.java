package io.vireo.manager.port;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What claimed devices were like before, on disk: one file a device, written whole or not at all,
/// and gone once the device was given back.
public final class ClaimJournal {
  private static final String SUFFIX = ".claim";

  private final Path folder;

  /// @param folder exists, belongs to the guard alone
  public ClaimJournal(Path folder) {
    this.folder = folder;
  }

  /// Writes an entry; when this returns, it outlives a crash of the machine.
  public void put(DeviceSettings settings) throws IOException {
    Path fresh = folder.resolve(settings.device() + ".new");
    try (FileChannel file =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(settings.emit().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        file.write(bytes);
      }
      file.force(true);
    }
    Files.move(fresh, file(settings.device()), StandardCopyOption.ATOMIC_MOVE);
    forceFolder();
  }

  /// Forgets a device.
  public void remove(String device) throws IOException {
    Files.deleteIfExists(file(device));
  }

  /// All entries; one that can't be read is named to `complaints` and left where it is.
  public List<DeviceSettings> read(Consumer<String> complaints) throws IOException {
    List<DeviceSettings> all = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + SUFFIX)) {
      for (Path file : files) {
        try {
          all.add(DeviceSettings.parse(Files.readString(file)));
        } catch (IllegalArgumentException unreadable) {
          complaints.accept(
              file + " can't be read (" + unreadable.getMessage() + "): its device stays as it is");
        }
      }
    }
    return all;
  }

  private Path file(String device) {
    return folder.resolve(device + SUFFIX);
  }

  private void forceFolder() throws IOException {
    try (FileChannel self = FileChannel.open(folder, StandardOpenOption.READ)) {
      self.force(true);
    }
  }
}
