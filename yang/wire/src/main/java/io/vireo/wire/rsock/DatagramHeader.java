package io.vireo.wire.rsock;

import io.vireo.wire.frame.FrameException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/// The peer of a datagram, before its data in a DATAGRAM frame: whom it goes to, or comes from.
///
/// ```
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------+---------------+-------------------------------+
/// |  family 4 | 6 |   reserved=0  |     port, little-endian       |
/// +---------------+---------------+-------------------------------+
/// |        address, 16 octets; IPv4: the first 4, then zeros      |
/// +---------------------------------------------------------------+
/// ```
public final class DatagramHeader {
  public static final int LENGTH = 20;

  /// The most data a UDP datagram carries over IPv4 (RFC 768, RFC 791).
  public static final int MAX_DATA = 65507;

  private static final int FAMILY_OFFSET = 0;
  private static final int RESERVED_OFFSET = 1;
  private static final int PORT_OFFSET = 2;
  private static final int ADDRESS_OFFSET = 4;
  private static final int ADDRESS_LENGTH = 16;
  private static final int IPV4_LENGTH = 4;
  private static final byte FAMILY_IPV4 = 4;
  private static final byte FAMILY_IPV6 = 6;

  private DatagramHeader() {}

  /// Writes the header for `peer`, which must be resolved, at the start of `payload`.
  public static void emit(InetSocketAddress peer, byte[] payload) {
    byte[] address = peer.getAddress().getAddress();
    payload[FAMILY_OFFSET] = address.length == IPV4_LENGTH ? FAMILY_IPV4 : FAMILY_IPV6;
    payload[RESERVED_OFFSET] = 0;
    payload[PORT_OFFSET] = (byte) peer.getPort();
    payload[PORT_OFFSET + 1] = (byte) (peer.getPort() >>> 8);
    Arrays.fill(payload, ADDRESS_OFFSET, LENGTH, (byte) 0);
    System.arraycopy(address, 0, payload, ADDRESS_OFFSET, address.length);
  }

  /// A whole payload: header and the remaining bytes of `data`.
  public static byte[] payload(InetSocketAddress peer, ByteBuffer data) {
    byte[] payload = new byte[LENGTH + data.remaining()];
    emit(peer, payload);
    data.get(payload, LENGTH, payload.length - LENGTH);
    return payload;
  }

  /// Checks a payload as a whole and reads its peer.
  public static InetSocketAddress parse(byte[] payload) throws FrameException {
    if (payload.length < LENGTH || payload.length > LENGTH + MAX_DATA) {
      throw malformed(payload.length + " bytes, need " + LENGTH + " to " + (LENGTH + MAX_DATA));
    }
    int family = payload[FAMILY_OFFSET];
    if (family != FAMILY_IPV4 && family != FAMILY_IPV6) {
      throw malformed("address family " + (family & 0xff) + ", need 4 or 6");
    }
    if (payload[RESERVED_OFFSET] != 0) {
      throw malformed("reserved octet is " + (payload[RESERVED_OFFSET] & 0xff));
    }
    int addressLength = family == FAMILY_IPV4 ? IPV4_LENGTH : ADDRESS_LENGTH;
    for (int i = ADDRESS_OFFSET + addressLength; i < LENGTH; i++) {
      if (payload[i] != 0) {
        throw malformed("octets after an IPv4 address are not zero");
      }
    }
    int port = payload[PORT_OFFSET] & 0xff | (payload[PORT_OFFSET + 1] & 0xff) << 8;
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(
              Arrays.copyOfRange(payload, ADDRESS_OFFSET, ADDRESS_OFFSET + addressLength)),
          port);
    } catch (UnknownHostException e) {
      throw new AssertionError("4 or 16 octets are an address", e);
    }
  }

  private static FrameException malformed(String detail) {
    return new FrameException(
        FrameException.Reason.MALFORMED_PAYLOAD, "datagram header: " + detail);
  }
}
