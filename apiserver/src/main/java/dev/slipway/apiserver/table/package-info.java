/// What `kubectl get` prints: tables made of printer columns. Read [dev.slipway.apiserver.table.Tables] first.
@NullMarked
package dev.slipway.apiserver.table;

import org.jspecify.annotations.NullMarked;
