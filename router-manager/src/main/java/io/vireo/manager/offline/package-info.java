/// What can be done with a stored configuration while no manager runs: look at it, check it, take
/// it out, put one in. No virtual router has a vote; they are given it when they start.
///
/// One thread; the database is held meanwhile, so that a manager cannot start.
@NullMarked
package io.vireo.manager.offline;

import org.jspecify.annotations.NullMarked;
