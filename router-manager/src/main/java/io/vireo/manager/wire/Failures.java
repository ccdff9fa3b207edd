package io.vireo.manager.wire;

import io.vireo.records.control.vireowire.ErrorTag;
import io.vireo.records.control.vireowire.Failure;
import io.vireo.wire.cbor.CborWriter;
import io.vireo.wire.frame.Envelope;
import io.vireo.wire.frame.Frame;
import java.io.IOException;

/// The payload of ERROR frames: `vireo-wire:failure`.
public final class Failures {
  private Failures() {}

  public static CborWriter emit(ErrorTag tag, String message) {
    Failure failure = new Failure(tag, message, null, null);
    return Envelope.emit(Failure.SID, failure::write);
  }

  /// What an ERROR frame says.
  static PeerError read(Frame frame) throws IOException {
    Failure failure = Failure.read(Envelope.open(frame.reader()).body());
    String message = failure.message();
    return new PeerError(
        failure.tag().yangName(),
        message == null ? failure.tag().yangName() : message,
        failure.path());
  }
}
