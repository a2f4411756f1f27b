package dev.slipway.bench.row;

import dev.slipway.bench.http.Load;
import dev.slipway.bench.http.Request;
import dev.slipway.bench.lab.Lab;
import dev.slipway.bench.lab.Stage;
import dev.slipway.bench.lab.Turns;
import dev.slipway.bench.report.Budget;
import dev.slipway.bench.report.Figure;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/// Pages of the portal over a catalog, one reader: home, a list, the page of a thing.
record PortalRow() implements Row {
    private static final int WARM_UP = 1_000;
    private static final int PER_PAGE = 300;
    private static final int LEAST = 20;
    private static final String LIST = "/k/backstage.io/components";

    @Override
    public String name() {
        return "portal";
    }

    @Override
    public Stage stage() {
        return Stage.ENTITIES;
    }

    @Override
    public String aloneBecause() {
        return "it has no portal";
    }

    @Override
    public List<Figure> measure(Lab lab) throws IOException {
        var things = lab.entities();
        var figures = new ArrayList<Figure>();
        figures.addAll(pages(lab, "portal: home", _ -> "/"));
        figures.addAll(pages(lab, "portal: list of components", _ -> LIST));
        figures.addAll(
                pages(
                        lab,
                        "portal: page of a component",
                        i -> LIST + "/default/" + things.component(i * 37)));
        return figures;
    }

    private static List<Figure> pages(Lab lab, String what, IntFunction<String> path)
            throws IOException {
        var portal = lab.server().portal();
        IntFunction<Request> request = i -> portal.page(path.apply(i));
        try (var load = Load.open(portal, 1)) {
            load.run(requests(lab.sized(WARM_UP, LEAST), request));
            lab.own().settle();
            var requests = requests(lab.sized(PER_PAGE, LEAST), request);
            var tally = Turns.alone(lab.own().target(), () -> load.run(requests));
            return new Comparison(
                            what,
                            1,
                            Map.of(lab.own().target(), tally),
                            Map.of(Statistic.P99, Budget.atMost(50)))
                    .figures();
        }
    }

    private static List<Request> requests(int count, IntFunction<Request> request) {
        return IntStream.range(0, count).mapToObj(request).toList();
    }
}
