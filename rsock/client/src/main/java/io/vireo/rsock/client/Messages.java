package io.vireo.rsock.client;

import io.vireo.records.SidHash;
import io.vireo.records.control.ietfinettypes.IpAddressNoZone;
import io.vireo.records.control.vireorsock.Bind;
import io.vireo.records.control.vireorsock.Capability;
import io.vireo.records.control.vireorsock.Close;
import io.vireo.records.control.vireorsock.Connect;
import io.vireo.records.control.vireorsock.Hello;
import io.vireo.records.control.vireorsock.Open;
import io.vireo.records.control.vireowire.Failure;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;
import io.vireo.wire.frame.Envelope;
import io.vireo.wire.frame.Frame;
import io.vireo.wire.frame.FrameException;
import io.vireo.wire.frame.Preface;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import org.jspecify.annotations.Nullable;

/// The client's messages, between `java.net`'s types and the records of `vireo-rsock.yang`.
final class Messages {
  private static final String PRODUCT = "vireo-rsock-client";
  private static final int EIO = 5;

  private Messages() {}

  /// An open socket.
  record Opened(int handle, int receiveWindowBytes) {}

  static CborWriter hello() {
    CborWriter out = Envelope.start(Hello.SID);
    Capability can = new Capability(Capability.DATAGRAM);
    new Hello.Input(Preface.VERSION, Preface.VERSION, SidHash.value(), PRODUCT, can).write(out);
    return out;
  }

  /// Checks the router's hello and gives its name.
  static String readHello(Frame frame) throws IOException {
    CborReader in = open(frame, Hello.SID);
    Hello.Output hello = Hello.Output.read(in);
    Envelope.end(in);
    if (hello.protocolMinimum() > Preface.VERSION || hello.protocolMaximum() < Preface.VERSION) {
      throw new FrameException(
          FrameException.Reason.UNSUPPORTED_VERSION,
          "the router speaks rsock "
              + hello.protocolMinimum()
              + " to "
              + hello.protocolMaximum()
              + ", this program "
              + Preface.VERSION);
    }
    return hello.virtualRouter();
  }

  static CborWriter open(ProtocolFamily family) {
    CborWriter out = Envelope.start(Open.SID);
    Open.Input.Domain domain =
        family == StandardProtocolFamily.INET6 ? Open.Input.Domain.INET6 : Open.Input.Domain.INET;
    new Open.Input(domain, Open.Input.Type.DATAGRAM).write(out);
    return out;
  }

  static Opened readOpen(Frame frame) throws IOException {
    CborReader in = open(frame, Open.SID);
    Open.Output opened = Open.Output.read(in);
    Envelope.end(in);
    Long window = opened.receiveWindow();
    return new Opened(
        (int) opened.handle(), window == null ? 0 : (int) Math.min(window, Integer.MAX_VALUE));
  }

  static CborWriter bind(int handle, InetSocketAddress local) {
    CborWriter out = Envelope.start(Bind.SID);
    new Bind.Input(Integer.toUnsignedLong(handle), address(local), local.getPort()).write(out);
    return out;
  }

  static InetSocketAddress readBind(Frame frame) throws IOException {
    CborReader in = open(frame, Bind.SID);
    Bind.Output bound = Bind.Output.read(in);
    Envelope.end(in);
    return endpoint(bound.address(), bound.port());
  }

  static CborWriter connect(int handle, InetSocketAddress remote) {
    CborWriter out = Envelope.start(Connect.SID);
    new Connect.Input(Integer.toUnsignedLong(handle), address(remote), remote.getPort()).write(out);
    return out;
  }

  static InetSocketAddress readConnect(Frame frame) throws IOException {
    CborReader in = open(frame, Connect.SID);
    Connect.Output connected = Connect.Output.read(in);
    Envelope.end(in);
    Connect.Output.Local local = connected.local();
    return local == null ? endpoint(null, null) : endpoint(local.address(), local.port());
  }

  static CborWriter close(int handle) {
    CborWriter out = Envelope.start(Close.SID);
    new Close.Input(Integer.toUnsignedLong(handle)).write(out);
    return out;
  }

  static RemoteFailure readFailure(Frame frame) throws IOException {
    CborReader in = open(frame, Failure.SID);
    Failure failure = Failure.read(in);
    Envelope.end(in);
    Integer errno = failure.errno();
    String message = failure.message();
    return new RemoteFailure(errno == null ? EIO : errno, message == null ? "refused" : message);
  }

  private static CborReader open(Frame frame, long sid) throws IOException {
    CborReader in = frame.reader();
    Envelope.open(in, sid);
    return in;
  }

  /// Null for the wildcard address.
  private static @Nullable IpAddressNoZone address(InetSocketAddress endpoint) {
    InetAddress address = endpoint.getAddress();
    return address.isAnyLocalAddress() ? null : IpAddressNoZone.of(address.getHostAddress());
  }

  private static InetSocketAddress endpoint(
      @Nullable IpAddressNoZone address, @Nullable Integer port) throws FrameException {
    try {
      return new InetSocketAddress(
          InetAddress.ofLiteral(address == null ? "0.0.0.0" : address.text()),
          port == null ? 0 : port);
    } catch (IllegalArgumentException e) {
      FrameException malformed =
          new FrameException(
              FrameException.Reason.MALFORMED_PAYLOAD, address + ":" + port + " is no address");
      malformed.initCause(e);
      throw malformed;
    }
  }
}
