package dev.slipway.kernel.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// What went wrong with a request, in the one form that becomes a Kubernetes `Status` and a portal page.
///
/// @param reason the stable code
/// @param message one sentence that names the object
/// @param subject what the request was about, where that is known
/// @param causes why, field by field
/// @param retryAfterSeconds when to try again, where that helps
public record Problem(
        Reason reason,
        String message,
        Optional<Subject> subject,
        List<FieldCause> causes,
        Optional<Integer> retryAfterSeconds) {
    /// How many causes are told; of the others the message says how many they are.
    public static final int MAX_CAUSES = 1000;

    /// Who has to act when a request fails: counted apart.
    public enum Fault {
        USER,
        CONFLICT,
        CAPACITY,
        INTERNAL
    }

    /// The stable codes, each with its HTTP status.
    public enum Reason {
        BAD_REQUEST("BadRequest", 400, Fault.USER),
        UNAUTHORIZED("Unauthorized", 401, Fault.USER),
        FORBIDDEN("Forbidden", 403, Fault.USER),
        NOT_FOUND("NotFound", 404, Fault.USER),
        METHOD_NOT_ALLOWED("MethodNotAllowed", 405, Fault.USER),
        NOT_ACCEPTABLE("NotAcceptable", 406, Fault.USER),
        ALREADY_EXISTS("AlreadyExists", 409, Fault.CONFLICT),
        CONFLICT("Conflict", 409, Fault.CONFLICT),
        GONE("Gone", 410, Fault.CONFLICT),
        EXPIRED("Expired", 410, Fault.CONFLICT),
        TOO_LARGE("RequestEntityTooLarge", 413, Fault.USER),
        UNSUPPORTED_MEDIA_TYPE("UnsupportedMediaType", 415, Fault.USER),
        INVALID("Invalid", 422, Fault.USER),
        TOO_MANY_REQUESTS("TooManyRequests", 429, Fault.CAPACITY),
        INTERNAL_ERROR("InternalError", 500, Fault.INTERNAL),
        SERVICE_UNAVAILABLE("ServiceUnavailable", 503, Fault.CAPACITY),
        TIMEOUT("Timeout", 504, Fault.CAPACITY),
        INSUFFICIENT_STORAGE("InsufficientStorage", 507, Fault.CAPACITY);

        private final String code;
        private final int status;
        private final Fault fault;

        Reason(String code, int status, Fault fault) {
            this.code = code;
            this.status = status;
            this.fault = fault;
        }

        /// As it stands in `Status.reason`.
        public String code() {
            return code;
        }

        /// The HTTP status.
        public int status() {
            return status;
        }

        public Fault fault() {
            return fault;
        }
    }

    /// What a problem is about, as `Status.details` prints it.
    ///
    /// @param kind the plural, or the kind for an [Reason#INVALID] one, as Kubernetes does
    public record Subject(String group, String kind, String name) {
        /// None that is known, where details are printed all the same.
        public static final Subject NONE = new Subject("", "", "");

        /// `deployments.apps "web"`.
        @Override
        public String toString() {
            return (group.isEmpty() ? kind : kind + "." + group) + " \"" + name + "\"";
        }
    }

    public Problem {
        Objects.requireNonNull(reason);
        Objects.requireNonNull(message);
        causes = List.copyOf(causes);
    }

    /// A problem that needs no more than its sentence.
    public static Problem of(Reason reason, String message) {
        return new Problem(reason, message, Optional.empty(), List.of(), Optional.empty());
    }

    /// A request that cannot be understood.
    public static Problem badRequest(String message) {
        return of(Reason.BAD_REQUEST, message);
    }

    /// No such resource.
    public static Problem notFound(ResourceKey key) {
        var subject = subject(key);
        return about(Reason.NOT_FOUND, subject + " not found", subject);
    }

    /// The name is taken.
    public static Problem alreadyExists(ResourceKey key) {
        var subject = subject(key);
        return about(Reason.ALREADY_EXISTS, subject + " already exists", subject);
    }

    /// Another writer was first, or a precondition does not hold.
    public static Problem conflict(ResourceKey key, String detail) {
        var subject = subject(key);
        return about(
                Reason.CONFLICT,
                "Operation cannot be fulfilled on %s: %s".formatted(subject, detail),
                subject);
    }

    /// Refused by a rule about who or when.
    public static Problem forbidden(ResourceKey key, String detail) {
        var subject = subject(key);
        return about(Reason.FORBIDDEN, "%s is forbidden: %s".formatted(subject, detail), subject);
    }

    /// Fields that break rules; all of them at once, but for those beyond [#MAX_CAUSES].
    public static Problem invalid(String group, String kind, String name, List<FieldCause> causes) {
        var subject = new Subject(group, kind, name);
        return new Problem(
                Reason.INVALID,
                subject + " is invalid: " + sentence(causes),
                Optional.of(subject),
                causes.stream().limit(MAX_CAUSES).toList(),
                Optional.empty());
    }

    /// A copy that tells when to try again.
    public Problem retryAfter(int seconds) {
        return new Problem(reason, message, subject, causes, Optional.of(seconds));
    }

    /// Thrown where the answer is far up the stack.
    public ProblemException exception() {
        return new ProblemException(this);
    }

    private static Problem about(Reason reason, String message, Subject subject) {
        return new Problem(reason, message, Optional.of(subject), List.of(), Optional.empty());
    }

    private static Subject subject(ResourceKey key) {
        return new Subject(key.group(), key.plural(), key.name());
    }

    private static String sentence(List<FieldCause> causes) {
        var texts = causes.stream().limit(MAX_CAUSES).map(FieldCause::toString).distinct().toList();
        if (texts.size() == 1) {
            return texts.getFirst();
        }
        var more = causes.size() - MAX_CAUSES;
        return texts.stream()
                .collect(
                        Collectors.joining(", ", "[", more > 0 ? ", and " + more + " more]" : "]"));
    }
}
