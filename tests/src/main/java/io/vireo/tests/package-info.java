@NullMarked
package io.vireo.tests;

import org.jspecify.annotations.NullMarked;
