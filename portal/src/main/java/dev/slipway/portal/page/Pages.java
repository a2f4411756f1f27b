package dev.slipway.portal.page;

import dev.slipway.client.ApiClient;
import dev.slipway.client.web.WebRequest;
import dev.slipway.client.web.WebResponse;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.portal.asset.Assets;
import dev.slipway.portal.page.Frame.Link;
import dev.slipway.portal.page.Frame.Menu;
import dev.slipway.portal.page.ThingPage.Tab;
import dev.slipway.portal.reading.ApiKind;
import dev.slipway.portal.reading.Figures;
import dev.slipway.portal.reading.Schemas;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// All pages by their addresses. Safe for all threads.
public final class Pages {
    /// Where nothing comes from but this server, and nothing runs or is styled inside the page.
    static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
                    + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final Look look;
    private final Menus menus;
    private final Snapshots snapshots = new Snapshots();
    private final ThingPages things = new ThingPages(new Schemas());

    public Pages(Assets assets, Clock clock) {
        this.look = new Look(assets, new Figures(clock));
        this.menus = new Menus(assets.icons());
    }

    /// Answers a request for a page; what goes wrong is a page, too.
    ///
    /// @param csrf the token for forms, empty for a reader without a session
    public WebResponse answer(WebRequest request, ApiClient client, String csrf) {
        try {
            return page(visit(request, client, csrf));
        } catch (ProblemException e) {
            return problem(request, client, csrf, e.problem());
        }
    }

    private Visit visit(WebRequest request, ApiClient client, String csrf) {
        var snapshot = snapshots.of(request.identity(), client);
        return new Visit(request, client, snapshot, look.figures(), menus, csrf);
    }

    private WebResponse page(Visit visit) {
        var segments = List.of(visit.request().path().substring(1).split("/", -1));
        return switch (segments.getFirst()) {
            case "" -> home(visit);
            case "menu" -> menu(visit);
            case "k" -> kinds(visit, segments);
            default -> throw nowhere(visit.request());
        };
    }

    private WebResponse kinds(Visit visit, List<String> segments) {
        if (segments.size() == 1) {
            return index(visit);
        }
        if (segments.size() == 2) {
            return moved("/k");
        }
        var kind =
                visit.index()
                        .named(segments.get(1), segments.get(2))
                        .orElseThrow(() -> nowhere(visit.request()));
        return switch (segments.size()) {
            case 3 -> list(visit, kind);
            case 5 -> thing(visit, kind, segments, Tab.OVERVIEW);
            case 6 -> thing(visit, kind, segments, tab(visit, segments.getLast()));
            default -> throw nowhere(visit.request());
        };
    }

    private WebResponse home(Visit visit) {
        var made = HomePages.make(visit, visit.parameter("all").equals("true"));
        return html(200, "home.jte", made.frame(), made.page());
    }

    private WebResponse index(Visit visit) {
        return html(200, "index.jte", IndexPage.frame(visit), IndexPage.make(visit));
    }

    private WebResponse list(Visit visit, ApiKind kind) {
        var made = ListPages.make(visit, kind);
        return html(200, "list.jte", made.frame(), made.page());
    }

    private WebResponse thing(Visit visit, ApiKind kind, List<String> segments, Tab tab) {
        var namespace = segments.get(3).equals(ApiKind.NO_NAMESPACE) ? "" : segments.get(3);
        var made = things.make(visit, kind, namespace, segments.get(4), tab);
        return html(200, "thing.jte", made.frame(), made.page());
    }

    /// The menu alone, for pages that are open while kinds come and go.
    private WebResponse menu(Visit visit) {
        var menu = menus.menu(visit.census(), visit.parameter("place"));
        var output = new StringOutput();
        templates.render("menu.jte", Map.of("look", look, "menu", menu), output);
        return html(200, output);
    }

    private WebResponse problem(
            WebRequest request, ApiClient client, String csrf, Problem problem) {
        var page = ProblemPage.of(problem, ways(request));
        return html(page.status(), "problem.jte", frame(request, client, csrf, page), page);
    }

    /// Where to go on: near what was asked for first.
    private static List<Link> ways(WebRequest request) {
        var segments = List.of(request.path().split("/", -1));
        var ways = new ArrayList<Link>();
        if (segments.size() > 4 && segments.get(1).equals("k")) {
            ways.add(new Link("The list it would be in", String.join("/", segments.subList(0, 4))));
        }
        ways.add(new Link("Home", "/"));
        ways.add(new Link("All kinds", "/k"));
        return ways;
    }

    /// A frame with a menu, as long as the kinds can be read.
    private Frame frame(WebRequest request, ApiClient client, String csrf, ProblemPage page) {
        try {
            return visit(request, client, csrf)
                    .frame(
                            page.heading(),
                            List.of(Link.here(String.valueOf(page.status()))),
                            "",
                            "&about=*",
                            Optional.empty(),
                            List.of());
        } catch (ProblemException e) {
            return new Frame(
                    page.heading(),
                    List.of(),
                    new Menu(List.of(), false, false),
                    "",
                    "",
                    Optional.empty(),
                    List.of(),
                    request.identity().user(),
                    csrf);
        }
    }

    private WebResponse html(int status, String template, Frame frame, Object page) {
        var output = new StringOutput();
        templates.render(template, Map.of("look", look, "frame", frame, "page", page), output);
        return html(status, output);
    }

    private static WebResponse html(int status, StringOutput output) {
        var headers = new HashMap<>(headers());
        headers.put("Content-Type", "text/html; charset=utf-8");
        return new WebResponse.Whole(
                status, headers, output.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static WebResponse moved(String path) {
        var headers = new HashMap<>(headers());
        headers.put("Location", path);
        return new WebResponse.Whole(303, headers, new byte[0]);
    }

    private static Map<String, String> headers() {
        return Map.of(
                "Content-Security-Policy", POLICY,
                "X-Content-Type-Options", "nosniff",
                "Referrer-Policy", "same-origin",
                "Cache-Control", "no-store");
    }

    private static Tab tab(Visit visit, String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "yaml" -> Tab.YAML;
            case "history" -> Tab.HISTORY;
            default -> throw nowhere(visit.request());
        };
    }

    private static ProblemException nowhere(WebRequest request) {
        return Problem.of(Reason.NOT_FOUND, "Nothing is at " + request.path() + ".").exception();
    }
}
