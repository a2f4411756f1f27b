/// Plays what ends: jobs, and the cron jobs that make them.
@NullMarked
package dev.slipway.cluster.batch;

import org.jspecify.annotations.NullMarked;
