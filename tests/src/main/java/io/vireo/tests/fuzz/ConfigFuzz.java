package io.vireo.tests.fuzz;

import io.vireo.records.router.RouterRoot;
import io.vireo.vr.config.ConfigRefusal;
import io.vireo.vr.config.RouterConfig;
import io.vireo.wire.cbor.CborException;
import io.vireo.wire.cbor.CborReader;

/// A router is sent any bytes for a configuration: it takes them or says why not.
public final class ConfigFuzz {
  private ConfigFuzz() {}

  /// What the fuzzer calls.
  public static void fuzzerTestOneInput(byte[] input) {
    try {
      RouterConfig.of(RouterRoot.read(new CborReader(input)));
    } catch (CborException | ConfigRefusal refused) {
      if (refused.getMessage() == null) {
        throw new IllegalStateException("refused without a word", refused);
      }
    }
  }
}
