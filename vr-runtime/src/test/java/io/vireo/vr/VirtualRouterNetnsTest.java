package io.vireo.vr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.drivers.Port;
import io.vireo.drivers.afpacket.AfPacketPort;
import io.vireo.drivers.afpacket.AfPacketQueues;
import io.vireo.drivers.afpacket.AfPacketSocket;
import io.vireo.drivers.afpacket.RingGeometry;
import io.vireo.vr.config.InterfaceConfig;
import io.vireo.vr.config.RouterConfig;
import io.vireo.vr.forward.RouterInterface.InterfaceAddress;
import io.vireo.vr.wire.Ipv4Address;
import io.vireo.vr.worker.WorkerSettings;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Two kernels in namespaces of their own talk through a router on af-packet ports.
@Tag("netns")
class VirtualRouterNetnsTest {
  private final String id = Long.toString(ProcessHandle.current().pid(), 36);
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private VirtualRouter router;

  @BeforeEach
  void build() throws Exception {
    router = VirtualRouter.start("test", VirtualRouter.DEFAULT_BUFFERS, failure::set);
    for (int i = 1; i <= 2; i++) {
      String host = "vt" + id + "h" + i;
      String port = "vt" + id + "r" + i;
      run("ip netns add " + host);
      run("ip link add " + port + " type veth peer name eth0 netns " + host);
      run("ip link set " + port + " up");
      run("ip -n " + host + " link set eth0 up");
      run("ip -n " + host + " addr add 10.99." + i + ".2/24 dev eth0");
      run("ip -n " + host + " route add default via 10.99." + i + ".1");
      int fd = AfPacketSocket.open(port, RingGeometry.STANDARD);
      router.attachPort(AfPacketPort.attach("p" + i, fd, RingGeometry.STANDARD));
    }
    router.apply(
        RouterConfig.ofIpv4(
            List.of(configOf("p1", "10.99.1.1"), configOf("p2", "10.99.2.1")), List.of()));
  }

  private static InterfaceConfig configOf(String name, String address) {
    InterfaceAddress own = new InterfaceAddress(Ipv4Address.of(address), 24);
    return InterfaceConfig.ofIpv4(name, List.of(own), List.of());
  }

  @AfterEach
  void cleanUp() throws Exception {
    router.close();
    for (int i = 1; i <= 2; i++) {
      run("ip link del vt" + id + "r" + i); // a namespace goes later than its name
      run("ip netns del vt" + id + "h" + i);
    }
    assertEquals(null, failure.get());
  }

  @Test
  void kernels_pingThroughRouter_everyReplyWithTtl63() throws Exception {
    String output = inHost(1, "ping -c 5 -i 0.2 -W 2 10.99.2.2");
    assertTrue(output.contains("5 received"), output);
    assertTrue(output.contains("ttl=63"), output);
    System.out.println(output.lines().reduce("", (first, last) -> last));
  }

  @Test
  void kernel_ttlRunsOut_routerNamesItself() throws Exception {
    String output = inHost(1, "ping -c 1 -t 1 -W 2 10.99.2.2");
    assertTrue(output.contains("From 10.99.1.1"), output);
    assertTrue(output.contains("Time to live exceeded"), output);
  }

  @Test
  void kernels_largePings_passWholeAndInFragments() throws Exception {
    for (int size : new int[] {1472, 8000}) {
      String output = inHost(1, "ping -c 3 -i 0.2 -W 2 -M dont -s " + size + " 10.99.2.2");
      assertTrue(output.contains("3 received"), output);
    }
  }

  @Test
  void kernel_traceroute_seesRouterThenTarget() throws Exception {
    List<String> hops =
        inHost(1, "traceroute -n -q 1 -w 2 10.99.2.2").lines().skip(1).map(String::strip).toList();
    assertEquals(2, hops.size(), hops.toString());
    assertTrue(hops.get(0).startsWith("1  10.99.1.1 "), hops.toString());
    assertTrue(hops.get(1).startsWith("2  10.99.2.2 "), hops.toString());
  }

  @Test
  void smallerMtuBehindRouter_dontFragment_isToldTheMtu_othersAreFragmented() throws Exception {
    // MTU 1400 on the router's second link alone
    rebuildPort2With(1400);
    String refused = inHost(1, "ping -c 1 -W 2 -M do -s 1472 10.99.2.2");
    assertTrue(refused.contains("From 10.99.1.1"), refused);
    assertTrue(refused.contains("Frag needed and DF set (mtu = 1400)"), refused);
    String route = inHost(1, "ip route get 10.99.2.2"); // RFC 1191 §3: the sender has learnt it
    assertTrue(route.contains("mtu 1400"), route);
    String fits = inHost(1, "ping -c 1 -W 2 -M do -s 1372 10.99.2.2");
    assertTrue(fits.contains("1 received"), fits);
    run("ip -n vt" + id + "h1 route flush cache");
    String cut = inHost(1, "ping -c 2 -i 0.2 -W 2 -M dont -s 8000 10.99.2.2");
    assertTrue(cut.contains("2 received"), cut);
  }

  @Test
  void portDown_twoSeconds_workerSleeps_thenForwardsAgain() throws Exception {
    String port = "vt" + id + "r2";
    run("ip link set " + port + " down");
    long beforeNs = workerCpuNs();
    Thread.sleep(2_000); // what is measured: two seconds with a port that is down
    long usedMs = (workerCpuNs() - beforeNs) / 1_000_000;
    System.out.println("worker used " + usedMs + " ms in 2 s with a port down");
    assertTrue(usedMs < 400, usedMs + " ms of CPU in 2 s");
    run("ip link set " + port + " up");
    String output = inHost(1, "ping -c 20 -i 0.2 -W 1 10.99.2.2");
    assertTrue(output.contains("bytes from 10.99.2.2"), output);
  }

  private static long workerCpuNs() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (long thread : threads.getAllThreadIds()) {
      ThreadInfo info = threads.getThreadInfo(thread);
      if (info != null && info.getThreadName().equals("worker-test")) {
        return threads.getThreadCpuTime(thread);
      }
    }
    throw new AssertionError("no worker");
  }

  private void rebuildPort2With(int mtuBytes) throws Exception {
    router.detachPort("p2");
    String port = "vt" + id + "r2";
    run("ip link set " + port + " mtu " + mtuBytes);
    run("ip -n vt" + id + "h2 link set eth0 mtu " + mtuBytes);
    int fd = AfPacketSocket.open(port, RingGeometry.STANDARD);
    router.attachPort(AfPacketPort.attach("p2", fd, RingGeometry.STANDARD));
  }

  @Test
  void kernelTcp_megabytesThroughRouter_arriveWhole() throws Exception {
    Process server = start("ip netns exec vt" + id + "h2 python3 -c " + quote(TCP_SERVER));
    assertEquals('r', server.getInputStream().read());
    String output = inHost(1, "python3 -c " + quote(TCP_CLIENT));
    assertTrue(server.waitFor(20, TimeUnit.SECONDS));
    String got = new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(got.contains("8388608"), got + output);
  }

  /// A hundred flows over ports of two queues, each driven by a worker of its own: every datagram
  /// comes once, those of a flow in order.
  @Test
  void severalQueues_kernelSpreadsFlows_nothingIsLostOrTwice() throws Exception {
    List<Port> ports = new ArrayList<>();
    for (int i = 1; i <= 2; i++) {
      router.detachPort("p" + i);
      int[] sockets = AfPacketSocket.open("vt" + id + "r" + i, RingGeometry.STANDARD, 2);
      Port port = AfPacketQueues.attach("p" + i, sockets, RingGeometry.STANDARD);
      router.attachPort(port);
      ports.add(port);
    }
    router.setWorkers(new WorkerSettings(2, List.of()));
    awaitNeighbours();
    Process server = start("ip netns exec vt" + id + "h2 python3 -c " + quote(UDP_SERVER));
    assertEquals('r', server.getInputStream().read());
    inHost(1, "python3 -c " + quote(UDP_CLIENT));
    String got = new String(server.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("2000 datagrams in order", got.strip());
    for (int queue = 0; queue < 2; queue++) {
      long frames = ports.getFirst().queue(queue).statistics().receivedFrames;
      assertTrue(frames > 400 && frames < 1_800, frames + " frames in queue " + queue);
    }
  }

  /// Of packets to a neighbour that is not known yet some may be lost, also a ping.
  private void awaitNeighbours() throws Exception {
    String output = "";
    for (int i = 0; i < 10 && !output.contains("1 received"); i++) {
      output = inHost(1, "ping -c 1 -W 2 10.99.2.2");
    }
    assertTrue(output.contains("1 received"), output);
  }

  private static final String UDP_SERVER =
      "import socket,struct,sys;s=socket.socket(2,2);s.setsockopt(1,33,1<<22)\n"
          + "s.bind(('10.99.2.2',7001));s.settimeout(5);n=[0]*100\n"
          + "sys.stdout.write('r');sys.stdout.flush()\n"
          + "while sum(n)<2000:\n f,i=struct.unpack('!HH',s.recv(64))\n assert n[f]==i,(f,i,n[f])\n"
          + " n[f]+=1\nprint(sum(n),'datagrams in order')";
  private static final String UDP_CLIENT =
      "import socket,struct,time;a=[socket.socket(2,2) for f in range(100)]\n"
          + "for i in range(20):\n"
          + " for f in range(100): a[f].sendto(struct.pack('!HH',f,i),('10.99.2.2',7001))\n"
          + " time.sleep(.002)";
  private static final String TCP_SERVER =
      "import socket,sys;s=socket.create_server(('10.99.2.2',7000));"
          + "sys.stdout.write('r');sys.stdout.flush();c=s.accept()[0];n=0;b=c.recv(65536)\n"
          + "while b:\n n+=len(b);b=c.recv(65536)\nprint(n)";
  private static final String TCP_CLIENT =
      "import socket;s=socket.create_connection(('10.99.2.2',7000),5);s.sendall(bytes(8388608))";

  private String inHost(int host, String command) throws Exception {
    Process process = start("ip netns exec vt" + id + "h" + host + " " + command);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private static void run(String command) throws Exception {
    Process process = start(command);
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), command + ": " + output);
  }

  private static Process start(String command) throws Exception {
    return new ProcessBuilder("sh", "-c", "exec " + command).redirectErrorStream(true).start();
  }

  private static String quote(String text) {
    return '"' + text + '"';
  }
}
