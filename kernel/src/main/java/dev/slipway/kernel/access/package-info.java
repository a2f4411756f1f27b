/// Who may do what: rules, the roles that hold them, and the bindings that give them to somebody. Read
/// [dev.slipway.kernel.access.Rbac] first.
@NullMarked
package dev.slipway.kernel.access;

import org.jspecify.annotations.NullMarked;
