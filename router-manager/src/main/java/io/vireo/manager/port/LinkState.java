package io.vireo.manager.port;

import io.vireo.manager.HostCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What the kernel says of a network device: one line of `ip -o link`, which is also what `ip -o
/// monitor link` prints when something changes.
///
/// @param name the device
/// @param index its index
/// @param flags its flags as ip names them
/// @param mtuBytes its MTU
/// @param kind link type: `ether`, `loopback`
/// @param macAddress its address, as `00:11:22:33:44:55`
/// @param deleted whether this tells that the device is gone
public record LinkState(
    String name,
    int index,
    List<String> flags,
    int mtuBytes,
    String kind,
    String macAddress,
    boolean deleted) {
  // 6: eth1@if5: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 ... link/ether 1a:c4:9f:8e:43:ec brd
  // ...
  private static final Pattern LINE =
      Pattern.compile(
          "^(Deleted )?(\\d+): ([^:@\\s]+)(?:@[^:\\s]+)?: <([^>]*)> (?:.*?\\bmtu (\\d+) )?"
              + ".*?\\blink/(\\S+)(?: ([0-9a-f:]{17}))?");
  private static final Path DEVICES = Path.of("/proc/net/dev");

  public LinkState {
    flags = List.copyOf(flags);
  }

  /// Reads one line; null when it is about something else.
  static @Nullable LinkState parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.find()) {
      return null;
    }
    String mtu = matcher.group(5);
    String mac = matcher.group(7);
    return new LinkState(
        matcher.group(3),
        Integer.parseInt(matcher.group(2)),
        List.of(matcher.group(4).split(",")),
        mtu == null ? 0 : Integer.parseInt(mtu),
        matcher.group(6),
        mac == null ? "" : mac,
        matcher.group(1) != null);
  }

  /// The device of that name as it is now; null when there is none.
  public static @Nullable LinkState lookup(String device) throws IOException {
    boolean exists =
        Files.readAllLines(DEVICES).stream()
            .anyMatch(line -> line.strip().startsWith(device + ":"));
    return exists ? parse(HostCommand.run("ip", "-o", "link", "show", "dev", device)) : null;
  }

  /// Whether packets pass: set up, and the carrier is there.
  public boolean up() {
    return !deleted && flags.contains("UP") && flags.contains("LOWER_UP");
  }
}
