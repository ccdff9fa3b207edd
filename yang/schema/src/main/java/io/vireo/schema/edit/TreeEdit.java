package io.vireo.schema.edit;

/// One primitive edit and the tree that it edits.
public record TreeEdit(TreeId tree, EditOperation operation) {}
