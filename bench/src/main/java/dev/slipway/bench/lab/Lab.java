package dev.slipway.bench.lab;

import dev.slipway.bench.report.Samples;
import dev.slipway.bench.server.Disk;
import dev.slipway.bench.server.Launch;
import dev.slipway.bench.server.OwnServer;
import dev.slipway.bench.server.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;

/// Where rows are measured: the server of the present stage, the peer, the disk, a folder of its own. Used by one
/// thread, but for [#close()].
public final class Lab implements AutoCloseable {
    /// How many resources a full server has.
    public static final int RESOURCES = 100_000;

    /// How many entities its catalog has.
    public static final int ENTITIES = 25_000;

    /// How many its catalog has at least, when it is to be quick.
    public static final int LEAST_ENTITIES = 500;

    /// How many bytes a resource of a full server has.
    public static final int RESOURCE_BYTES = 2048;

    /// The namespace that is filled.
    public static final String FULL = "-full";

    private static final int QUICK = 50;
    private static final String OWN = "slipway";

    private final Launch launch;
    private final Path folder;
    private final boolean quick;
    private final String prefix;
    private final Progress progress;
    private final Optional<Workspace> peer;
    private final AtomicBoolean closing = new AtomicBoolean();
    private Stage stage = Stage.ALONE;
    private Path data;
    private Optional<OwnServer> server = Optional.empty();
    private Optional<Workspace> own = Optional.empty();
    private Optional<Entities> entities = Optional.empty();
    private Duration entitiesTook = Duration.ZERO;
    private int servers;
    private OptionalDouble clientMicros = OptionalDouble.empty();

    /// @param folder of the lab's own, taken away when it closes
    /// @param prefix what the namespaces on all servers begin with
    public Lab(
            Launch launch,
            Path folder,
            boolean quick,
            String prefix,
            Optional<Target> peer,
            Progress progress) {
        this.launch = launch;
        this.folder = folder;
        this.data = folder;
        this.quick = quick;
        this.prefix = prefix;
        this.peer = peer.map(target -> new Workspace(target, prefix, progress));
        this.progress = progress;
    }

    public Progress progress() {
        return progress;
    }

    /// A number of operations or resources: of a quick bench a fiftieth, but no less than `least`.
    public int sized(int full, int least) {
        return quick ? Math.max(least, full / QUICK) : full;
    }

    /// Whether there is time to wait until everything is warm and quiet.
    public boolean isQuick() {
        return quick;
    }

    // ---- servers

    /// Brings the server into the state that a row wants.
    public void enter(Stage wanted) throws IOException {
        if (wanted == stage && (wanted == Stage.ALONE || server().isAlive())) {
            return;
        }
        leave();
        if (wanted != Stage.ALONE) {
            progress.say("starting a server for the rows of stage " + wanted);
            data = newFolder();
            serve(start(data, OwnServer.Ports.free()));
            furnish(wanted);
        }
        stage = wanted;
    }

    /// A server with nothing on it, for the row that asks, which has to close it.
    public OwnServer launch() throws IOException {
        return launch(newFolder(), OwnServer.Ports.free());
    }

    /// A server on what lies in a folder, for the row that asks, which has to close it.
    public OwnServer launch(Path where, OwnServer.Ports ports) throws IOException {
        return start(where, ports);
    }

    /// A folder that no server had yet.
    public Path newFolder() {
        return folder.resolve("server-" + ++servers);
    }

    /// The server of the stage.
    public OwnServer server() {
        return server.orElseThrow(() -> new IllegalStateException("no server in stage " + stage));
    }

    /// Stops the server of the stage and starts it again on what it keeps.
    public OwnServer restart() throws IOException {
        server().close();
        var again = start(data, server().ports());
        server = Optional.of(again);
        own.ifPresent(place -> own = Optional.of(place.moved(target(again))));
        return again;
    }

    /// A server of a row as a target.
    public Workspace workspace(OwnServer one) {
        return new Workspace(target(one), prefix, progress);
    }

    /// Our server of the stage.
    public Workspace own() {
        return own.orElseThrow(() -> new IllegalStateException("no server in stage " + stage));
    }

    /// The other server, where one was given.
    public Optional<Workspace> peer() {
        return peer;
    }

    /// All servers under load.
    public List<Workspace> places() {
        var places = new ArrayList<Workspace>();
        places.add(own());
        peer.ifPresent(places::add);
        return places;
    }

    public Turns turns() {
        return new Turns(places());
    }

    // ---- what else is there

    public Samples fdatasync(int times) throws IOException {
        return Disk.fdatasync(folder, times);
    }

    /// The catalog of the stage.
    public Entities entities() {
        return entities.orElseThrow(() -> new IllegalStateException("no catalog"));
    }

    /// How long it took to load the catalog of the stage.
    public Duration entitiesTook() {
        return entitiesTook;
    }

    /// Notes what the load client spent on one request; the least is told.
    public void clientSpent(double micros) {
        clientMicros = OptionalDouble.of(Math.min(micros, clientMicros.orElse(micros)));
    }

    public OptionalDouble clientMicros() {
        return clientMicros;
    }

    /// Stops what runs and takes away what was made; once, whoever comes first: the bench at its end, or a signal.
    @Override
    public void close() {
        if (closing.getAndSet(true)) {
            return;
        }
        leave();
        try {
            if (peer.isPresent()) {
                peer.get().clear();
            }
            delete();
        } catch (IOException e) {
            progress.say("not everything could be taken away: " + e.getMessage());
        }
    }

    private OwnServer start(Path where, OwnServer.Ports ports) throws IOException {
        if (closing.get()) {
            throw new IOException("the bench is being ended");
        }
        return OwnServer.start(launch, where, ports);
    }

    private void leave() {
        server.ifPresent(OwnServer::close);
        server = Optional.empty();
        own = Optional.empty();
        stage = Stage.ALONE;
    }

    private void serve(OwnServer started) {
        server = Optional.of(started);
        own = Optional.of(workspace(started));
    }

    private void furnish(Stage wanted) throws IOException {
        switch (wanted) {
            case ALONE, EMPTY -> {}
            case ENTITIES -> {
                var count = sized(ENTITIES, LEAST_ENTITIES);
                var made = Entities.write(folder.resolve("entities"), count);
                entities = Optional.of(made);
                entitiesTook = made.load(own(), progress);
            }
            case FULL -> {
                for (var place : places()) {
                    place.fill(FULL, "item", sized(RESOURCES, 2_000), RESOURCE_BYTES);
                }
            }
        }
    }

    private static Target target(OwnServer one) {
        return new Target(OWN, one.api(), Optional.of(one.usage()));
    }

    private void delete() throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
