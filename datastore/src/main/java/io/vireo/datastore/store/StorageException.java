package io.vireo.datastore.store;

import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// The configuration database can't be read or written; the message says why and what to do.
public final class StorageException extends Exception {
  private static final long serialVersionUID = 1L;

  /// What is wrong.
  public enum Fault {
    FULL,
    READ_ONLY,
    DAMAGED,
    IN_USE,
    NEWER,
    /// It does not fit the models that are here.
    MISFIT,
    UNREADABLE
  }

  private final Fault fault;

  StorageException(Fault fault, String message, Throwable cause) {
    super(message, cause);
    this.fault = fault;
  }

  StorageException(Fault fault, String message) {
    super(message);
    this.fault = fault;
  }

  public Fault fault() {
    return fault;
  }

  // The primary result code is the low byte of an extended one.
  private static final int PRIMARY = 0xFF;

  static StorageException of(String file, SQLException cause) {
    int code = cause instanceof SQLiteException sqlite ? sqlite.getResultCode().code & PRIMARY : -1;
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return new StorageException(
          Fault.FULL, "the disk that holds " + file + " is full; free some space", cause);
    }
    if (code == SQLiteErrorCode.SQLITE_READONLY.code || code == SQLiteErrorCode.SQLITE_PERM.code) {
      return new StorageException(
          Fault.READ_ONLY,
          file + " can't be written: the file or its file system is read-only",
          cause);
    }
    if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return damaged(file, cause);
    }
    if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
      return new StorageException(
          Fault.IN_USE, file + " is in use by another process; end it first", cause);
    }
    return new StorageException(
        Fault.UNREADABLE,
        file + " can't be used (" + cause.getMessage() + "); check its folder's owner and disk",
        cause);
  }

  static StorageException damaged(String file, Throwable cause) {
    return new StorageException(
        Fault.DAMAGED,
        file + " is damaged; put back a copy of it, or move it away to begin without configuration",
        cause);
  }
}
