package io.vireo.wire.cbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Trees and patches as bytes, in the diagnostic notation of RFC 8949 §8 beside them.
class CborPatchTest {
  // {10: {1: 5}, 20: [{1: "a", 2: 7}, {1: "b"}]}
  private static final String TREE = "a2 0a a1 01 05 14 82 a2 01 61 61 02 07 a1 01 61 62";

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  private static void assertPatched(String expected, String tree, String... patches)
      throws CborException {
    assertArrayEquals(
        bytes(expected),
        CborPatch.apply(
            tree.isEmpty() ? null : bytes(tree),
            java.util.Arrays.stream(patches).map(CborPatchTest::bytes).toList()));
  }

  @Test
  void apply_nothing_isTheSame() throws CborException {
    assertPatched(TREE, TREE, "80");
  }

  @Test
  void apply_putOfALeaf_replacesItInPlace() throws CborException {
    // [[[10, 1], 6]]
    assertPatched(TREE.replace("01 05", "01 06"), TREE, "81 82 82 0a 01 06");
  }

  @Test
  void apply_putBelowWhatIsMissing_makesIt() throws CborException {
    // [[[10, "m:n"], true]] on nothing
    assertPatched("a1 0a a1 63 6d 3a 6e f5", "", "81 82 82 0a 63 6d 3a 6e f5");
  }

  @Test
  void apply_deletes_takeWhatIsNamed() throws CborException {
    // [[[10]], [[20, [1, "a"]]]]
    assertPatched("a1 14 81 a1 01 61 62", TREE, "82 81 81 0a 81 82 14 82 01 61 61");
    // [[[99]]]: not there
    assertPatched(TREE, TREE, "81 81 81 18 63");
  }

  @Test
  void apply_putOfEntries_replacesOrAppends() throws CborException {
    // [[[20, [1, "a"], 2], 8]] then [[[20, [1, "c"]], {1: "c"}]]
    assertPatched(
        "a2 0a a1 01 05 14 83 a2 01 61 61 02 08 a1 01 61 62 a1 01 61 63",
        TREE,
        "81 82 83 14 82 01 61 61 02 08",
        "81 82 82 14 82 01 61 63 a1 01 61 63");
  }

  @Test
  void apply_atTheRoot_replacesOrEndsTheTree() throws CborException {
    assertPatched("a0", TREE, "81 82 80 a0");
    assertNull(CborPatch.apply(bytes(TREE), List.of(bytes("81 81 80"))));
  }

  @Test
  void apply_malformed_isRefused() {
    for (String patch :
        new String[] {
          "",
          "a0",
          "81 80",
          "81 83 80 01 02",
          "81 82 81 82 01",
          "80 00",
          // An entry that is not there, patched inside; a list where a map is wanted.
          "81 82 83 14 82 01 61 7a 02 08",
          "81 82 82 14 01 05",
          "81 82 82 0a 82 01 01 05"
        }) {
      assertThrows(
          CborException.class, () -> CborPatch.apply(bytes(TREE), List.of(bytes(patch))), patch);
    }
  }
}
