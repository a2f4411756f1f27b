package dev.slipway.apiserver.fuzz;

import dev.slipway.kernel.model.Yaml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// One of the objects that inputs are about: where it is, and how it looks before anything happens to it.
record Thing(String path, String collection, String manifest) {
    private static final String SPACE = "/namespaces/default/";

    static final Thing DEPLOYMENT =
            of(
                    "/apis/apps/v1",
                    "deployments",
                    """
                    apiVersion: apps/v1
                    kind: Deployment
                    metadata: {name: web, namespace: default, labels: {app: web}, annotations: {note: a}}
                    spec:
                      replicas: 1
                      selector: {matchLabels: {app: web}}
                      strategy: {type: RollingUpdate, rollingUpdate: {maxSurge: 25%, maxUnavailable: 1}}
                      template:
                        metadata: {labels: {app: web}}
                        spec:
                          containers:
                          - name: web
                            image: nginx:1
                            args: [a, b]
                            env: [{name: MODE, value: fast}]
                            ports: [{containerPort: 80, protocol: TCP}]
                            resources: {limits: {cpu: 100m}}
                          tolerations: [{key: k, operator: Exists}]
                    """);
    static final Thing SERVICE =
            of(
                    "/api/v1",
                    "services",
                    """
                    apiVersion: v1
                    kind: Service
                    metadata: {name: web, namespace: default, finalizers: [example.com/keep]}
                    spec: {selector: {app: web}, ports: [{name: http, port: 80, protocol: TCP}]}
                    """);
    static final Thing CONFIG_MAP =
            of(
                    "/api/v1",
                    "configmaps",
                    """
                    apiVersion: v1
                    kind: ConfigMap
                    metadata: {name: web, namespace: default}
                    data: {size: "1", name: a}
                    """);
    static final Thing SECRET =
            of(
                    "/api/v1",
                    "secrets",
                    """
                    apiVersion: v1
                    kind: Secret
                    metadata: {name: web, namespace: default}
                    type: Opaque
                    data: {value: YQ==}
                    """);
    static final Thing WIDGET =
            of(
                    "/apis/example.com/v1",
                    "widgets",
                    """
                    apiVersion: example.com/v1
                    kind: Widget
                    metadata: {name: web, namespace: default}
                    spec: {size: 1, tags: [a, b], items: [{name: a, value: x}], labels: {a: b}, data: {any: [1]}}
                    """);
    static final List<Thing> ALL = List.of(DEPLOYMENT, SERVICE, CONFIG_MAP, SECRET, WIDGET);

    /// The definition of [#WIDGET], with lists of each sort.
    static final String DEFINITION =
            """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: widgets.example.com}
            spec:
              group: example.com
              scope: Namespaced
              names: {plural: widgets, singular: widget, kind: Widget, listKind: WidgetList}
              versions:
              - name: v1
                served: true
                storage: true
                subresources: {status: {}}
                schema:
                  openAPIV3Schema:
                    type: object
                    properties:
                      spec:
                        type: object
                        x-kubernetes-validations: [{rule: "!has(self.size) || self.size < 100"}]
                        properties:
                          size: {type: integer, default: 3, minimum: 0}
                          name: {type: string, maxLength: 20, pattern: "^[a-z]*$"}
                          type: {type: string, enum: [a, b]}
                          value: {x-kubernetes-int-or-string: true}
                          tags: {type: array, x-kubernetes-list-type: set, items: {type: string}}
                          ports: {type: array, x-kubernetes-list-type: atomic, items: {type: integer}}
                          items:
                            type: array
                            x-kubernetes-list-type: map
                            x-kubernetes-list-map-keys: [name]
                            items:
                              type: object
                              required: [name]
                              properties: {name: {type: string}, value: {type: string}}
                          labels: {type: object, additionalProperties: {type: string}}
                          data: {type: object, x-kubernetes-preserve-unknown-fields: true}
                      status: {type: object, properties: {status: {type: string}}}
            """;

    private static Thing of(String group, String plural, String manifest) {
        var collection = group + SPACE + plural;
        return new Thing(collection + "/web", collection, manifest);
    }

    Map<?, ?> tree() {
        return (Map<?, ?>) Yaml.read(manifest.getBytes(StandardCharsets.UTF_8));
    }
}
