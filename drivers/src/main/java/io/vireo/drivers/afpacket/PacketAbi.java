package io.vireo.drivers.afpacket;

/// Numbers and offsets of `linux/if_packet.h`, `linux/virtio_net.h` and `linux/if.h`.
final class PacketAbi {
  static final int AF_PACKET = 17;
  static final int ETH_P_ALL = 0x0003;
  static final int SOCK_RAW = 3;
  static final int SOCK_CLOEXEC = 0x80000;
  static final int SOL_PACKET = 263;

  static final int PACKET_RX_RING = 5;
  static final int PACKET_STATISTICS = 6;
  static final int PACKET_COPY_THRESH = 7;
  static final int PACKET_VERSION = 10;
  static final int PACKET_TX_RING = 13;
  static final int PACKET_LOSS = 14;
  static final int PACKET_VNET_HDR = 15;
  static final int PACKET_QDISC_BYPASS = 20;
  static final int PACKET_FANOUT = 18;
  static final int PACKET_FANOUT_HASH = 0;
  static final int PACKET_FANOUT_FLAG_UNIQUEID = 0x2000;
  static final int PACKET_IGNORE_OUTGOING = 23;
  static final int TPACKET_V2 = 1;
  static final int SOL_SOCKET = 1;
  static final int SO_ERROR = 4;
  static final int SO_RCVBUF = 8;
  static final int SO_RCVBUFFORCE = 33;
  static final int SO_ATTACH_FILTER = 26;
  static final int SO_DETACH_FILTER = 27;

  // struct sock_fprog: length (16), pointer (64); struct sock_filter of eight bytes
  static final int SOCK_FPROG_BYTES = 16;
  static final int FPROG_FILTER = 8;
  static final int SOCK_FILTER_BYTES = 8;
  static final int BPF_RET_K = 0x06;

  // struct sockaddr_ll
  static final int SOCKADDR_LL_BYTES = 20;
  static final int SLL_PROTOCOL = 2;
  static final int SLL_IFINDEX = 4;

  // struct tpacket_req: four unsigned ints
  static final int TPACKET_REQ_BYTES = 16;

  // struct tpacket2_hdr
  static final int TP_STATUS = 0;
  static final int TP_LEN = 4;
  static final int TP_SNAPLEN = 8;
  static final int TP_MAC = 12;
  static final int TP_VLAN_TCI = 24;
  static final int TP_VLAN_TPID = 26;
  static final int TPACKET2_HDR_BYTES = 32;
  static final int TP_STATUS_KERNEL = 0;
  static final int TP_STATUS_USER = 0x1;
  static final int TP_STATUS_COPY = 0x2;
  static final int TP_STATUS_VLAN_VALID = 0x10;

  // transmit slots
  static final int TP_STATUS_AVAILABLE = 0;
  static final int TP_STATUS_SEND_REQUEST = 0x1;
  static final int TP_STATUS_SENDING = 0x2;
  static final int TP_STATUS_WRONG_FORMAT = 0x4;

  // struct virtio_net_hdr
  static final int VNET_HDR_BYTES = 10;
  static final int VNET_FLAGS = 0;
  static final int VNET_GSO_TYPE = 1;
  static final int VNET_HDR_LEN = 2;
  static final int VNET_GSO_SIZE = 4;
  static final int VNET_CSUM_START = 6;
  static final int VNET_CSUM_OFFSET = 8;
  static final int VNET_F_NEEDS_CSUM = 1;
  static final int VNET_GSO_NONE = 0;
  static final int VNET_GSO_TCPV4 = 1;
  static final int VNET_GSO_UDP_L4 = 5;
  static final int VNET_GSO_ECN = 0x80;

  // struct ifreq and its calls
  static final int IFREQ_BYTES = 40;
  static final int IFREQ_VALUE = 16;
  static final int IFREQ_HWADDR = 18;
  static final int SIOCGIFNAME = 0x8910;
  static final int SIOCGIFFLAGS = 0x8913;
  static final int SIOCGIFMTU = 0x8921;
  static final int SIOCGIFHWADDR = 0x8927;
  static final int IFF_UP = 0x1;
  static final int IFF_RUNNING = 0x40;

  private PacketAbi() {}
}
