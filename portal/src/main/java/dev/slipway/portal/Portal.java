package dev.slipway.portal;

import dev.slipway.client.ApiClient;
import dev.slipway.client.web.Identity;
import dev.slipway.client.web.WebHandler;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.portal.asset.Assets;
import dev.slipway.portal.live.Live;
import dev.slipway.portal.page.Pages;
import java.time.Clock;
import java.util.function.Function;

/// The portal: pages that are derived from the API and know no kind by name. Safe for all threads.
///
/// It is a client of the API and nothing else: what a reader may see is what the API shows that reader.
public final class Portal implements WebHandler, AutoCloseable {
    private final Function<Identity, ApiClient> clients;
    private final Function<Identity, String> csrf;
    private final Assets assets = new Assets();
    private final Pages pages;
    private final Live live;

    /// @param clients the API as a user sees it
    /// @param csrf the token that a user's forms carry, empty for who has no session
    public Portal(
            Function<Identity, ApiClient> clients, Function<Identity, String> csrf, Clock clock) {
        this.clients = clients;
        this.csrf = csrf;
        this.pages = new Pages(assets, clock);
        this.live = new Live(clients);
    }

    @Override
    public WebResponse handle(WebRequest request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            throw Problem.of(Reason.METHOD_NOT_ALLOWED, "The portal's pages are only read.")
                    .exception();
        }
        if (request.path().equals("/live")) {
            return live.answer(request);
        }
        var identity = request.identity();
        return assets.answer(request)
                .orElseGet(
                        () -> pages.answer(request, clients.apply(identity), csrf.apply(identity)));
    }

    /// Ends all streams.
    @Override
    public void close() {
        live.close();
    }
}
