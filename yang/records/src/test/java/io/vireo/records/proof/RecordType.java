package io.vireo.records.proof;

import io.vireo.wire.cbor.CborReader;
import io.vireo.wire.cbor.CborWriter;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/// A generated record class, found by its name.
record RecordType(Method read, Method write) {

  /// A tree: its bytes are its map.
  static RecordType of(String className) {
    return of(className, "read", "write");
  }

  /// An input, output or notification: its bytes are a map of its SID to its map.
  static RecordType ofMessage(String className) {
    return of(className, "readMessage", "writeMessage");
  }

  private static RecordType of(String className, String read, String write) {
    try {
      Class<?> type = Class.forName(className);
      return new RecordType(
          type.getMethod(read, CborReader.class), type.getMethod(write, CborWriter.class));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("no record " + className, e);
    }
  }

  Object read(byte[] bytes) throws IOException {
    CborReader in = new CborReader(bytes);
    try {
      Object record = read.invoke(null, in);
      in.requireEnd();
      return record;
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new AssertionError(e);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
  }

  byte[] write(Object record) {
    CborWriter out = new CborWriter();
    try {
      write.invoke(record, out);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
    return out.toByteArray();
  }
}
