package dev.slipway.kernel.past;

import java.util.Optional;

/// One value that differs between two states of an object, as it may be shown.
///
/// @param before empty where there was nothing
/// @param after empty where there is nothing any more
public record Difference(TreePath path, Optional<Object> before, Optional<Object> after) {}
