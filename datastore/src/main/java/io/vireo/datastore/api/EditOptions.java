package io.vireo.datastore.api;

/// How edits are carried out (RFC 6241 §7.2).
///
/// @param test whether the outcome is validated
/// @param onError what becomes of the other edits where one is refused
public record EditOptions(Test test, OnError onError) {
  /// All or nothing; running is always validated, the candidate when it is committed.
  public static final EditOptions PLAIN = new EditOptions(Test.SET, OnError.ROLLBACK);

  /// RFC 6241 §7.2, test-option.
  public enum Test {
    /// Nothing is changed where the datastore would not be valid.
    TEST_THEN_SET,
    SET,
    /// Nothing is changed.
    TEST_ONLY
  }

  /// RFC 6241 §7.2, error-option.
  public enum OnError {
    /// Nothing is changed.
    ROLLBACK,
    /// What came before the edit that is refused is changed.
    STOP,
    /// All others are changed; every refusal is told.
    CONTINUE
  }
}
