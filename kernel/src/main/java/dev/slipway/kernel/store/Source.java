package dev.slipway.kernel.store;

import java.sql.Connection;
import java.sql.SQLException;

/// A store on its medium, to be read as a whole and not written, also while others write it.
interface Source {
    /// Looks at what is there and changes nothing; throws [CannotOpenException] where it is no store of ours.
    void refuseForeign();

    /// A connection in a transaction that sees one state, whatever is written meanwhile.
    Connection snapshot() throws SQLException;

    /// The sentence for what the medium says.
    CannotOpenException cannotOpen(SQLException e);
}
