package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Resource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Whether a configuration fits the schema closely enough to know what each field in it is.
///
/// Values are checked later, when the merged object is; here only types, undeclared fields and identities of items.
final class TypeCheck {
    /// How many errors are told; the others are counted.
    static final int MAX_ERRORS = Problem.MAX_CAUSES;

    private final Deque<PathElement> path = new ArrayDeque<>();
    private final List<FieldCause> errors = new ArrayList<>();
    private int more;

    private TypeCheck() {}

    /// What does not fit: all of it, as far as it is told.
    static Optional<Problem> check(Shape shape, Resource configuration) {
        var check = new TypeCheck();
        check.visit(shape, configuration.tree());
        return check.errors.isEmpty()
                ? Optional.empty()
                : Optional.of(check.problem(configuration));
    }

    private void visit(Shape shape, @Nullable Object value) {
        if (value == null) {
            return;
        }
        if (shape.takesMaps() && !shape.isUntyped()) {
            map(shape, value);
        } else if (shape.schema().isArray()) {
            list(shape, value);
        } else if (shape.isUntyped()) {
            deduced(shape, value);
        } else {
            scalar(shape, value);
        }
    }

    private void map(Shape shape, Object value) {
        if (value instanceof Map<?, ?> map) {
            Json.cast(map).forEach((name, child) -> field(shape, name, child));
        } else {
            error("expected map, got " + GoText.reference(value));
        }
    }

    private void field(Shape shape, String name, @Nullable Object value) {
        path.addLast(new PathElement.Field(name));
        var child = shape.child(name);
        if (child == null) {
            error("field not declared in schema");
        } else {
            visit(child, value);
        }
        path.removeLast();
    }

    private void list(Shape shape, Object value) {
        if (!(value instanceof List<?> items)) {
            error("expected list, got " + GoText.reference(value));
            return;
        }
        var position = 0;
        Set<PathElement> seen = new HashSet<>();
        for (var item : items) {
            item(shape, item, position++, seen);
        }
    }

    private void item(Shape shape, @Nullable Object item, int position, Set<PathElement> seen) {
        var identity =
                shape.isAssociative()
                        ? shape.identity(item)
                        : new Shape.Identity.Known(new PathElement.Index(position));
        switch (identity) {
            case Shape.Identity.Unknown(var reason) ->
                    error("element %d: %s".formatted(position, reason));
            case Shape.Identity.Known(var element) -> {
                if (!seen.add(element)) {
                    error("duplicate entries for key " + element);
                }
                path.addLast(element);
                visit(shape.item(), item);
                path.removeLast();
            }
        }
    }

    private void deduced(Shape shape, Object value) {
        if (value instanceof Map<?, ?>) {
            map(shape, value);
        }
    }

    private void scalar(Shape shape, Object value) {
        var schema = shape.schema();
        var untyped = schema.intOrString() || (isText(shape) && !isPlain(schema.format()));
        if (untyped) {
            expect(!(value instanceof Map) && !(value instanceof List), "any scalar", value);
        } else if (isText(shape)) {
            expect(value instanceof String, "string", value);
        } else if (schema.type().equals("boolean")) {
            expect(value instanceof Boolean, "boolean", value);
        } else if (!(value instanceof Number)) {
            error("expected numeric (int or float), got " + GoText.type(value));
        }
    }

    private void expect(boolean fits, String type, Object value) {
        if (!fits) {
            error("expected %s, got %s".formatted(type, GoText.reference(value)));
        }
    }

    private static boolean isText(Shape shape) {
        return shape.schema().type().equals("string");
    }

    private static boolean isPlain(String format) {
        return format.isEmpty() || format.equals("byte");
    }

    private void error(String message) {
        if (errors.size() == MAX_ERRORS) {
            more++;
            return;
        }
        errors.add(
                new FieldCause(
                        "FieldValueInvalid", new FieldPath(List.copyOf(path)).toString(), message));
    }

    private Problem problem(Resource configuration) {
        var kind = configuration.kind();
        var core = configuration.group().isEmpty() ? "/" : "";
        var message =
                "failed to create typed patch object (%s/%s; %s%s, Kind=%s): %s"
                        .formatted(
                                configuration.namespace(),
                                configuration.name(),
                                core,
                                configuration.apiVersion(),
                                kind,
                                sentence());
        var subject = new Problem.Subject(configuration.group(), kind, configuration.name());
        return new Problem(
                Problem.Reason.INVALID,
                message,
                Optional.of(subject),
                errors.stream().map(TypeCheck::withoutDot).toList(),
                Optional.empty());
    }

    private String sentence() {
        if (errors.size() == 1) {
            return errors.getFirst().toString();
        }
        var lines = errors.stream().map(error -> "\n  " + error).collect(Collectors.joining());
        return "errors:" + lines + (more == 0 ? "" : "\n  and " + more + " more");
    }

    private static FieldCause withoutDot(FieldCause cause) {
        var field = cause.field();
        return new FieldCause(
                cause.reason(),
                field.startsWith(".") ? field.substring(1) : field,
                cause.message());
    }
}
