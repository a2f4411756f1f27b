package dev.slipway.kernel.patch;

import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.Yaml;
import dev.slipway.kernel.schema.Schema;
import dev.slipway.kernel.schema.SchemaReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A kind with every sort of field, and short ways to write its objects, for tests of ownership.
final class Fruit {
    static final String VERSION = "fruit.example.com/v1";

    static final Schema SCHEMA =
            SchemaReader.read(
                    tree(
                            """
                            type: object
                            properties:
                              spec:
                                type: object
                                properties:
                                  text: {type: string}
                                  number: {type: integer}
                                  flag: {type: boolean}
                                  either: {x-kubernetes-int-or-string: true}
                                  list: {type: array, items: {type: string}}
                                  set: {type: array, x-kubernetes-list-type: set, items: {type: string}}
                                  map: {type: object, additionalProperties: {type: string}}
                                  mapOfStructs:
                                    type: object
                                    additionalProperties: {type: object, properties: {a: {type: string}}}
                                  nested: {type: object, properties: {a: {type: string}, b: {type: string}}}
                                  atomic:
                                    type: object
                                    x-kubernetes-map-type: atomic
                                    additionalProperties: {type: string}
                                  free: {type: object, x-kubernetes-preserve-unknown-fields: true}
                                  byKey:
                                    type: array
                                    x-kubernetes-list-type: map
                                    x-kubernetes-list-map-keys: [name]
                                    items:
                                      type: object
                                      properties: {name: {type: string}, value: {type: string}}
                                  byTwo:
                                    type: array
                                    x-kubernetes-list-type: map
                                    x-kubernetes-list-map-keys: [port, protocol]
                                    items:
                                      type: object
                                      properties:
                                        port: {type: integer}
                                        protocol: {type: string, default: TCP}
                                        note: {type: string}
                              status:
                                type: object
                                properties: {phase: {type: string}}
                            """));

    private Fruit() {}

    /// An object with this `spec`, in YAML's flow style.
    static Resource fruit(String spec) {
        return object("spec: " + spec);
    }

    /// An object with these root fields.
    static Resource object(String fields) {
        var tree = tree("metadata: {name: a}\n" + fields);
        tree.put("apiVersion", VERSION);
        tree.put("kind", "Fruit");
        return new Resource(tree);
    }

    static Map<String, Object> tree(String yaml) {
        return dev.slipway.kernel.model.Json.cast(
                (Map<?, ?>) Yaml.read(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    static Manager applier(String name) {
        return new Manager(name, Manager.APPLY, VERSION, "");
    }

    static Manager updater(String name) {
        return new Manager(name, Manager.UPDATE, VERSION, "");
    }

    /// The n-th second of the tests' time.
    static Instant at(int second) {
        return Instant.parse("2026-01-01T00:00:00.123Z").plusSeconds(second);
    }

    /// The paths that a manager is on record for; empty where it is not.
    static String owned(Resource object, Manager manager) {
        return ManagedFields.of(object)
                .entry(manager)
                .map(entry -> entry.fields().toString())
                .orElse("");
    }

    /// A chain of writes to one object, each of which must succeed.
    static final class Story {
        private Optional<Resource> live = Optional.empty();
        private int second;

        Resource object() {
            return live.orElseThrow();
        }

        Object spec(String... path) {
            return dev.slipway.kernel.model.Json.at(object().spec(), path);
        }

        Apply.Result tryToApply(String manager, Resource configuration) {
            return apply(manager, configuration, false);
        }

        /// Applies; the object is the merged one afterwards.
        Story apply(String manager, String spec) {
            return store(apply(manager, fruit(spec), false));
        }

        Story force(String manager, String spec) {
            return store(apply(manager, fruit(spec), true));
        }

        Story store(Apply.Result result) {
            live = Optional.of(((Apply.Result.Merged) result).object());
            return this;
        }

        /// Writes the whole object, as a PUT does.
        Story put(String manager, String spec) {
            return put(manager, fruit(spec));
        }

        Story put(String manager, Resource object) {
            live =
                    Optional.of(
                            Tracking.updated(
                                    live,
                                    object,
                                    SCHEMA,
                                    updater(manager),
                                    Set.of(),
                                    tick(),
                                    Map.of()));
            return this;
        }

        private Apply.Result apply(String manager, Resource configuration, boolean force) {
            return Apply.apply(
                    live,
                    configuration,
                    SCHEMA,
                    applier(manager),
                    force,
                    Set.of(),
                    tick(),
                    Map.of());
        }

        private Instant tick() {
            return at(second++);
        }
    }
}
