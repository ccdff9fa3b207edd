/// What tests of the whole share: nothing of the product may depend on it.
@NullMarked
package io.vireo.tests;

import org.jspecify.annotations.NullMarked;
