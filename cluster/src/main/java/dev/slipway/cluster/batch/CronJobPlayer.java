package dev.slipway.cluster.batch;

import dev.slipway.cluster.simulation.ClusterKinds;
import dev.slipway.cluster.simulation.Conditions;
import dev.slipway.cluster.simulation.Player;
import dev.slipway.cluster.simulation.Stage;
import dev.slipway.cluster.simulation.Tree;
import dev.slipway.cluster.workload.Made;
import dev.slipway.cluster.workload.Telling;
import dev.slipway.kernel.kind.CronSchedule;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Resource;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Plays cron jobs: a job whenever one is due, and no more old ones than are kept.
public final class CronJobPlayer implements Player {
    /// How far back moments are looked for that were missed: further only where there were none, so that few are walked
    /// over.
    private static final List<Duration> WINDOWS =
            List.of(
                    Duration.ofMinutes(2),
                    Duration.ofHours(2),
                    Duration.ofDays(2),
                    Duration.ofDays(62),
                    Duration.ofDays(3660));

    private static final int SECONDS_PER_MINUTE = 60;

    /// What `kubectl create job --from` says of a job.
    private static final String INSTANTIATE = "cronjob.kubernetes.io/instantiate";

    private static final Comparator<Resource> OLDEST =
            Comparator.<Resource, String>comparing(
                            job -> String.valueOf(job.metadata().get("creationTimestamp")))
                    .thenComparing(Resource::name);

    @Override
    public KindKey kind() {
        return ClusterKinds.CRON_JOBS;
    }

    @Override
    public void play(Stage stage, Resource cron) {
        var jobs = stage.owned(ClusterKinds.JOBS, cron).stream().sorted(OLDEST).toList();
        forget(stage, jobs, true, Tree.number(cron.spec(), "successfulJobsHistoryLimit", 3));
        forget(stage, jobs, false, Tree.number(cron.spec(), "failedJobsHistoryLimit", 1));
        var made =
                Boolean.TRUE.equals(cron.spec().get("suspend"))
                        ? Optional.<Instant>empty()
                        : due(stage, cron, jobs);
        say(stage, cron, made);
    }

    private static void forget(Stage stage, List<Resource> jobs, boolean well, long kept) {
        var over =
                jobs.stream()
                        .filter(JobPlayer::isOver)
                        .filter(job -> new Conditions(job.status(), "").isTrue("Complete") == well)
                        .toList();
        over.stream().limit(Math.max(0, over.size() - kept)).forEach(stage::delete);
    }

    /// Makes the job that is due, and wants to be woken for the next one; the moment of the one that was made.
    private static Optional<Instant> due(Stage stage, Resource cron, List<Resource> jobs) {
        var schedule = CronSchedule.of(Json.string(cron.spec(), "schedule"));
        if (schedule.isEmpty()) {
            return Optional.empty();
        }
        var zone = zone(cron);
        var due = latest(schedule.get(), zone, last(cron), stage.now());
        schedule.get()
                .after(stage.now(), zone)
                .map(at -> Duration.between(stage.now(), at))
                .filter(Duration::isPositive)
                .ifPresent(stage::wakeAfter);
        return due.filter(at -> isInTime(stage, cron, at))
                .filter(at -> make(stage, cron, jobs, at));
    }

    /// The latest moment that has come since the last one: of all that were missed meanwhile only one is made up for.
    private static Optional<Instant> latest(
            CronSchedule schedule, ZoneId zone, Instant last, Instant now) {
        for (var window : WINDOWS) {
            var from = now.minus(window).isBefore(last) ? last : now.minus(window);
            Optional<Instant> latest = Optional.empty();
            var next = schedule.after(from, zone);
            while (next.isPresent() && !next.get().isAfter(now)) {
                latest = next;
                next = schedule.after(next.get(), zone);
            }
            if (latest.isPresent() || from.equals(last)) {
                return latest;
            }
        }
        return Optional.empty();
    }

    private static Instant last(Resource cron) {
        var last = Json.string(cron.status(), "lastScheduleTime");
        var made = Json.string(cron.metadata(), "creationTimestamp");
        return Instant.parse(last.isEmpty() ? made : last);
    }

    private static ZoneId zone(Resource cron) {
        try {
            var name = Json.string(cron.spec(), "timeZone");
            return name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException _) {
            return ZoneOffset.UTC;
        }
    }

    private static boolean isInTime(Stage stage, Resource cron, Instant due) {
        return !(cron.spec().get("startingDeadlineSeconds") instanceof Long seconds)
                || !stage.now().isAfter(due.plusSeconds(seconds));
    }

    private static boolean make(Stage stage, Resource cron, List<Resource> jobs, Instant due) {
        var running = jobs.stream().filter(CronJobPlayer::isActive).toList();
        switch (Json.string(cron.spec(), "concurrencyPolicy")) {
            case "Forbid" -> {
                if (!running.isEmpty()) {
                    return false;
                }
            }
            case "Replace" -> running.forEach(stage::delete);
            default -> {}
        }
        var name = cron.name() + "-" + due.getEpochSecond() / SECONDS_PER_MINUTE;
        if (stage.find(ClusterKinds.JOBS, cron.namespace(), name).isEmpty()) {
            stage.create(ClusterKinds.JOBS, job(cron, name, due));
            new Telling(stage, cron).normal("SuccessfulCreate", "Created job " + name);
        }
        return true;
    }

    private static Map<String, Object> job(Resource cron, String name, Instant due) {
        var template = Json.object(cron.spec(), "jobTemplate");
        var given = Json.object(template, "metadata");
        var annotations = Tree.of();
        annotations.putAll(Json.object(given, "annotations"));
        annotations.put("batch.kubernetes.io/cronjob-scheduled-timestamp", due.toString());
        return Tree.of(
                "apiVersion",
                "batch/v1",
                "kind",
                "Job",
                "metadata",
                Tree.of(
                        "name",
                        name,
                        "namespace",
                        cron.namespace(),
                        "labels",
                        Json.copy(Json.object(given, "labels")),
                        "annotations",
                        annotations,
                        "ownerReferences",
                        Made.owners(cron)),
                "spec",
                Json.copy(Json.object(template, "spec")));
    }

    private static void say(Stage stage, Resource cron, Optional<Instant> made) {
        var jobs = stage.owned(ClusterKinds.JOBS, cron).stream().sorted(OLDEST).toList();
        var status = Made.status(cron);
        var active =
                jobs.stream()
                        .filter(CronJobPlayer::isActive)
                        .<Object>map(CronJobPlayer::reference)
                        .toList();
        status.remove("active");
        if (!active.isEmpty()) {
            status.put("active", active);
        }
        made.ifPresent(at -> status.put("lastScheduleTime", at.toString()));
        jobs.stream()
                .map(job -> Json.string(job.status(), "completionTime"))
                .filter(time -> !time.isEmpty())
                .max(Comparator.naturalOrder())
                .filter(time ->
                        time.compareTo(Json.string(cron.status(), "lastSuccessfulTime")) > 0)
                .ifPresent(time -> status.put("lastSuccessfulTime", time));
        stage.status(cron, status);
    }

    /// Whether a job runs that was due; one that was made by hand does not count.
    private static boolean isActive(Resource job) {
        return !JobPlayer.isOver(job)
                && job.annotation(INSTANTIATE).filter("manual"::equals).isEmpty();
    }

    private static Map<String, Object> reference(Resource job) {
        return Tree.of(
                "apiVersion",
                "batch/v1",
                "kind",
                "Job",
                "name",
                job.name(),
                "namespace",
                job.namespace(),
                "uid",
                job.uid());
    }
}
