package io.vireo.generator.model;

import java.util.List;

/// Where the classes of anonymous types go: inside the class whose scope this is.
///
/// @param classes the nested classes so far
record Nesting(Scope scope, List<ClassModel> classes) {}
