package dev.slipway.portal.page;

import dev.slipway.client.ApiClient;
import dev.slipway.client.web.WebRequest;
import dev.slipway.portal.page.Frame.Call;
import dev.slipway.portal.page.Frame.Link;
import dev.slipway.portal.reading.Addresses;
import dev.slipway.portal.reading.ApiKind;
import dev.slipway.portal.reading.Census;
import dev.slipway.portal.reading.Figures;
import dev.slipway.portal.reading.KindIndex;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// One request for a page: who asks, what there is, and the means to ask for more.
record Visit(
        WebRequest request,
        ApiClient client,
        Snapshot snapshot,
        Figures figures,
        Menus menus,
        String csrf) {
    KindIndex index() {
        return snapshot.index();
    }

    Census census() {
        return snapshot.census();
    }

    /// A query parameter, empty where it is not there.
    String parameter(String name) {
        return request.parameter(name).orElse("");
    }

    /// The frame of a page.
    ///
    /// @param menuPlace the address of the menu's entry that is current
    /// @param about what the page has to be made anew for, as [#about] writes it
    Frame frame(
            String title,
            List<Link> place,
            String menuPlace,
            String about,
            Optional<Ruler> ruler,
            List<Call> calls) {
        var revision = census().revision();
        return new Frame(
                title,
                place,
                menus.menu(census(), menuPlace),
                revision,
                "/live?at=" + revision + about,
                ruler,
                calls,
                request.identity().user(),
                csrf);
    }

    /// A page is about all things of a kind.
    static String about(ApiKind kind) {
        return "&about=" + Addresses.encode(kind.groupResource());
    }

    /// A page is about one thing.
    static String about(ApiKind kind, String namespace, String name) {
        return "&about=" + Addresses.encode(kind.groupResource() + "/" + namespace + "/" + name);
    }

    /// The address of the same page with one parameter replaced, or left out where the value is empty.
    String with(String name, String value) {
        return request.path() + query(name, value);
    }

    private String query(String name, String value) {
        var query =
                request.query().entrySet().stream()
                        .filter(entry -> !entry.getKey().equals(name))
                        .filter(entry -> !entry.getKey().equals("page"))
                        .flatMap(entry ->
                                entry.getValue().stream()
                                        .filter(one -> !one.isEmpty())
                                        .map(one -> pair(entry.getKey(), one)))
                        .collect(Collectors.joining("&"));
        var all =
                value.isEmpty()
                        ? query
                        : query.isEmpty() ? pair(name, value) : query + "&" + pair(name, value);
        return all.isEmpty() ? "" : "?" + all;
    }

    private static String pair(String name, String value) {
        return Addresses.encode(name) + "=" + Addresses.encode(value);
    }
}
