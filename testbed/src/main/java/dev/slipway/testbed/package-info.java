/// What tests need of the machine that they run on: a PostgreSQL server of their own. Knows nothing of ours.
@NullMarked
package dev.slipway.testbed;

import org.jspecify.annotations.NullMarked;
