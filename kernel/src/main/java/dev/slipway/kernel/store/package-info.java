/// The one log and the state folded from it. Read [dev.slipway.kernel.store.Store] first.
///
/// A store is a `Ledger` over a `Database`: the ledger decides commits (`Draft`), folds the state (`StateView`) and
/// feeds the watches (`Tail`, `LogWatch`), and is the same for all; the database is the medium, and keeps the log.
/// [dev.slipway.kernel.store.SqliteStore] puts `GroupWriter` before it, so that many writers share one sync.
@NullMarked
package dev.slipway.kernel.store;

import org.jspecify.annotations.NullMarked;
