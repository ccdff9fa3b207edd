package io.vireo.vr.fib;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vireo.vr.wire.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NextHopGroupsTest {
  private static final int FLOWS = 4096;

  private final AdjacencyTable adjacencies = new AdjacencyTable();
  private final NextHopGroups groups = new NextHopGroups(adjacencies);

  private static Adjacency hop(int number) {
    return Adjacency.nextHop(1, IpAddress.ofIpv4(number));
  }

  private static List<Path> paths(int... numbers) {
    return Path.equal(IntStream.of(numbers).mapToObj(NextHopGroupsTest::hop).toList());
  }

  /// Paths 1, 2, ... of these weights.
  private static List<Path> weighted(int... weights) {
    return IntStream.range(0, weights.length)
        .mapToObj(i -> new Path(hop(i + 1), weights[i]))
        .toList();
  }

  private int[] shares(int group, int paths) {
    int[] shares = new int[paths + 1];
    flows(group).forEach(each -> shares[number(each)]++);
    return shares;
  }

  private static int number(Adjacency path) {
    return Objects.requireNonNull(path.nextHop()).ipv4();
  }

  private List<Adjacency> flows(int group) {
    return IntStream.range(0, FLOWS)
        .mapToObj(flow -> adjacencies.get(groups.select(group, flow * 0x9e3779b1 >>> 7)))
        .toList();
  }

  @Test
  void sharedGroups_sameMembers_areOne() {
    int one = groups.acquire(paths(1, 2));
    assertEquals(one, groups.acquire(paths(1, 2)));
    assertNotEquals(one, groups.acquire(paths(2, 1)));
    int inUse = groups.size();
    groups.release(one);
    assertEquals(inUse, groups.size());
    groups.release(one);
    assertEquals(inUse - 1, groups.size());
  }

  @Test
  void pathLost_flowsOfTheOthers_stay() {
    int group = groups.open(paths(1, 2, 3, 4));
    List<Adjacency> before = flows(group);
    groups.replace(group, paths(1, 2, 4));
    List<Adjacency> after = flows(group);
    int moved = 0;
    for (int flow = 0; flow < FLOWS; flow++) {
      if (number(before.get(flow)) == 3) {
        moved++;
        assertNotEquals(3, number(after.get(flow)));
      } else {
        assertEquals(before.get(flow), after.get(flow));
      }
    }
    assertTrue(moved > FLOWS / 8, moved + " flows were on the path");
  }

  @Test
  void pathReturns_onlyItsShareMoves_andAllHaveTheirs() {
    int group = groups.open(paths(1, 2, 4));
    List<Adjacency> before = flows(group);
    groups.replace(group, paths(1, 2, 3, 4));
    List<Adjacency> after = flows(group);
    List<Integer> shares = new ArrayList<>(List.of(0, 0, 0, 0, 0));
    for (int flow = 0; flow < FLOWS; flow++) {
      int to = number(after.get(flow));
      shares.set(to, shares.get(to) + 1);
      assertTrue(to == 3 || before.get(flow).equals(after.get(flow)));
    }
    for (int path = 1; path <= 4; path++) {
      int share = shares.get(path);
      assertTrue(share > FLOWS / 8 && share < FLOWS * 3 / 8, path + " has " + share);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3 1", "1 2 3 4", "255 1", "100 100 1", "7 7 7", "65535 1 1"})
  void weights_areTheSharesOfFlows(String text) {
    int[] weights = Stream.of(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    double total = IntStream.of(weights).sum();
    int[] shares = shares(groups.open(weighted(weights)), weights.length);
    for (int path = 1; path <= weights.length; path++) {
      double wanted = FLOWS * weights[path - 1] / total;
      assertEquals(wanted, shares[path], Math.max(FLOWS / 100.0, wanted / 5), "path " + path);
      assertTrue(shares[path] > 0, "path " + path + " has a flow");
    }
  }

  @Test
  void weightChanged_onlyTheDifferenceMoves() {
    int group = groups.open(weighted(1, 1));
    List<Adjacency> before = flows(group);
    groups.replace(group, weighted(3, 1));
    List<Adjacency> after = flows(group);
    int moved = 0;
    for (int flow = 0; flow < FLOWS; flow++) {
      if (!before.get(flow).equals(after.get(flow))) {
        assertEquals(1, number(after.get(flow)));
        moved++;
      }
    }
    assertEquals(FLOWS / 4.0, moved, FLOWS / 20.0);
  }

  @Test
  void openGroup_replaced_keepsItsNumber() {
    int group = groups.open(paths(1));
    assertEquals(Adjacency.nextHop(1, IpAddress.ofIpv4(1)), adjacencies.get(groups.single(group)));
    groups.replace(group, List.of(Path.of(Adjacency.NO_ROUTE)));
    assertEquals(Adjacency.NO_ROUTE, adjacencies.get(groups.single(group)));
    groups.replace(group, paths(5, 6));
    assertEquals(NextHopGroups.SEVERAL, groups.single(group));
    assertTrue(groups.isOpen(group));
    groups.release(group);
    assertEquals(0, adjacencies.size());
  }
}
