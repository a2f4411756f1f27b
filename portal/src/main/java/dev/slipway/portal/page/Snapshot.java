package dev.slipway.portal.page;

import dev.slipway.portal.reading.Census;
import dev.slipway.portal.reading.KindIndex;

/// The kinds and the census at one revision, as one user may see them.
record Snapshot(KindIndex index, Census census) {}
