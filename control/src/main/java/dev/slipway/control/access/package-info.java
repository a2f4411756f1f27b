/// What keeps roles, bindings and service accounts true, and nobody from giving what they do not have. Read
/// [dev.slipway.control.access.Access] first.
@NullMarked
package dev.slipway.control.access;

import org.jspecify.annotations.NullMarked;
