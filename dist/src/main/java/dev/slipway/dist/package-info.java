/// Packs what was built, to be installed elsewhere: an archive for a machine, an image for containers. Read [Main] first.
///
/// A module of its own, so that nothing that packs is on the server's class path.
@NullMarked
package dev.slipway.dist;

import org.jspecify.annotations.NullMarked;
