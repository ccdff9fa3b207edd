/// Prints Java source from [class models][io.vireo.generator.model.ClassModel]: one file a
/// top-level class, one printer a kind of class.
@NullMarked
package io.vireo.generator.java;

import org.jspecify.annotations.NullMarked;
