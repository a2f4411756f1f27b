package dev.slipway.apiserver.access;

import dev.slipway.client.web.Identity;
import dev.slipway.kernel.model.User;
import java.util.List;

/// The identities that exist without anybody making them.
public final class Identities {
    /// The bearer of the token that lies in the data folder.
    public static final Identity ADMIN =
            new Identity("admin", List.of(User.MASTERS, User.AUTHENTICATED), "");

    /// Whoever shows no credentials.
    public static final Identity ANONYMOUS =
            new Identity("system:anonymous", List.of("system:unauthenticated"), "");

    private Identities() {}
}
