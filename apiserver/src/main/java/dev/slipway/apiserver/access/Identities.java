package dev.slipway.apiserver.access;

import dev.slipway.client.web.Identity;
import java.util.List;

/// The identities that exist without anybody making them.
public final class Identities {
    /// The group that may do everything.
    public static final String MASTERS = "system:masters";

    /// The group of everyone who is known.
    public static final String AUTHENTICATED = "system:authenticated";

    /// The bearer of the token that lies in the data folder.
    public static final Identity ADMIN = new Identity("admin", List.of(MASTERS, AUTHENTICATED), "");

    /// Whoever shows no credentials.
    public static final Identity ANONYMOUS =
            new Identity("system:anonymous", List.of("system:unauthenticated"), "");

    private Identities() {}
}
