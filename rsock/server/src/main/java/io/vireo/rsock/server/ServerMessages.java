package io.vireo.rsock.server;

import io.vireo.records.SidHash;
import io.vireo.records.control.ietfinettypes.IpAddressNoZone;
import io.vireo.records.control.vireorsock.Bind;
import io.vireo.records.control.vireorsock.Capability;
import io.vireo.records.control.vireorsock.Close;
import io.vireo.records.control.vireorsock.Connect;
import io.vireo.records.control.vireorsock.Hello;
import io.vireo.records.control.vireorsock.Open;
import io.vireo.records.control.vireowire.ErrorTag;
import io.vireo.records.control.vireowire.Failure;
import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;
import io.vireo.wire.frame.Envelope;
import io.vireo.wire.frame.Frame;
import io.vireo.wire.frame.FrameException;
import io.vireo.wire.frame.FrameException.Reason;
import io.vireo.wire.frame.Preface;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/// The server's messages, between the session's types and the records of `vireo-rsock.yang`.
final class ServerMessages {
  private static final String PRODUCT = "vireo-vr";

  private ServerMessages() {}

  /// Checks a program's hello: one version at least must be common.
  static void requireHello(Frame frame) throws IOException {
    CborReader in = frame.reader();
    Envelope.open(in, Hello.SID);
    Hello.Input hello = Hello.Input.read(in);
    Envelope.end(in);
    if (hello.protocolMinimum() > Preface.VERSION || hello.protocolMaximum() < Preface.VERSION) {
      throw new FrameException(
          Reason.UNSUPPORTED_VERSION,
          "the program speaks rsock "
              + hello.protocolMinimum()
              + " to "
              + hello.protocolMaximum()
              + ", this router "
              + Preface.VERSION);
    }
  }

  static ByteBuffer hello(String virtualRouter) {
    CborWriter out = Envelope.start(Hello.SID);
    Capability can = new Capability(Capability.DATAGRAM);
    new Hello.Output(Preface.VERSION, Preface.VERSION, SidHash.value(), PRODUCT, can, virtualRouter)
        .write(out);
    return out.toByteBuffer();
  }

  /// Reads the request of an RPC frame.
  static SocketRequest request(Frame frame) throws IOException {
    CborReader in = frame.reader();
    long sid = Envelope.open(in).sid();
    SocketRequest request = body(sid, in);
    Envelope.end(in);
    return request;
  }

  private static SocketRequest body(long sid, CborReader in) throws IOException {
    if (sid == Open.SID) {
      Open.Input open = Open.Input.read(in);
      return new SocketRequest.Open(
          open.domain() == Open.Input.Domain.INET6, open.type() == Open.Input.Type.DATAGRAM);
    }
    if (sid == Bind.SID) {
      Bind.Input bind = Bind.Input.read(in);
      return new SocketRequest.Bind((int) bind.handle(), endpoint(bind.address(), bind.port()));
    }
    if (sid == Connect.SID) {
      Connect.Input connect = Connect.Input.read(in);
      return new SocketRequest.Connect(
          (int) connect.handle(), endpoint(connect.address(), connect.port()));
    }
    if (sid == Close.SID) {
      return new SocketRequest.Close((int) Close.Input.read(in).handle());
    }
    in.skipValue();
    return new SocketRequest.Unknown(sid);
  }

  static ByteBuffer opened(int handle, int receiveWindowBytes) {
    CborWriter out = Envelope.start(Open.SID);
    new Open.Output(Integer.toUnsignedLong(handle), (long) receiveWindowBytes).write(out);
    return out.toByteBuffer();
  }

  static ByteBuffer bound(InetSocketAddress local) {
    CborWriter out = Envelope.start(Bind.SID);
    new Bind.Output(address(local), local.getPort()).write(out);
    return out.toByteBuffer();
  }

  static ByteBuffer connected(InetSocketAddress local) {
    CborWriter out = Envelope.start(Connect.SID);
    new Connect.Output(new Connect.Output.Local(address(local), local.getPort())).write(out);
    return out.toByteBuffer();
  }

  static ByteBuffer failure(SocketRefusal refusal) {
    CborWriter out = Envelope.start(Failure.SID);
    new Failure(tag(refusal.errno()), refusal.why(), null, refusal.errno()).write(out);
    return out.toByteBuffer();
  }

  private static ErrorTag tag(int errno) {
    return switch (errno) {
      case SocketRefusal.EACCES -> ErrorTag.ACCESS_DENIED;
      case SocketRefusal.EADDRINUSE -> ErrorTag.IN_USE;
      case SocketRefusal.EMFILE -> ErrorTag.RESOURCE_DENIED;
      case SocketRefusal.EINVAL, SocketRefusal.EBADF -> ErrorTag.INVALID_VALUE;
      case SocketRefusal.EOPNOTSUPP, SocketRefusal.EPROTONOSUPPORT, SocketRefusal.EAFNOSUPPORT ->
          ErrorTag.OPERATION_NOT_SUPPORTED;
      default -> ErrorTag.OPERATION_FAILED;
    };
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
          new FrameException(Reason.MALFORMED_PAYLOAD, address + ":" + port + " is no address");
      malformed.initCause(e);
      throw malformed;
    }
  }
}
