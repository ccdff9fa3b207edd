/// What is to be written: classes and their members, worked out from YANG Tools' schema nodes.
///
/// *Types.* [ContextBuilder] walks one context and makes [ClassModel]s; [LeafTypes] maps YANG types
/// to [LeafType]s, which are the fragments of Java that read, write and check one value; [Scope]
/// gives out class names; [NodePath] knows a node's SID; [JavaNames] turns YANG names into Java's.
///
/// *Invariants.* Everything here is about one context; nothing here prints a class.
@NullMarked
package io.vireo.generator.model;

import org.jspecify.annotations.NullMarked;
