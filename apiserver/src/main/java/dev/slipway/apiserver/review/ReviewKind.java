package dev.slipway.apiserver.review;

import dev.slipway.apiserver.discovery.PostedKinds;
import dev.slipway.kernel.kind.Kind;
import dev.slipway.kernel.kind.Names;
import dev.slipway.kernel.schema.Definitions;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A kind of question about who somebody is or what they may do, as discovery names it.
public enum ReviewKind {
    SELF("authentication.k8s.io", "selfsubjectreviews", "SelfSubjectReview", false),
    TOKEN("authentication.k8s.io", "tokenreviews", "TokenReview", false),
    LOCAL_ACCESS(
            "authorization.k8s.io", "localsubjectaccessreviews", "LocalSubjectAccessReview", true),
    SELF_ACCESS(
            "authorization.k8s.io", "selfsubjectaccessreviews", "SelfSubjectAccessReview", false),
    SELF_RULES("authorization.k8s.io", "selfsubjectrulesreviews", "SelfSubjectRulesReview", false),
    ACCESS("authorization.k8s.io", "subjectaccessreviews", "SubjectAccessReview", false),
    SELF_NAMESPACES(
            "slipway.dev", "selfsubjectnamespacesreviews", "SelfSubjectNamespacesReview", false);

    private static final String OWN = "slipway.dev";
    private static final String SCHEMA = "selfsubjectnamespacesreview.json";

    private static final Kind.Rules RULES =
            new Kind.Rules(true, false, true, false, Kind.NameRule.SUBDOMAIN);

    private final String group;
    private final String plural;
    private final String kind;
    private final boolean namespaced;

    ReviewKind(String group, String plural, String kind, boolean namespaced) {
        this.group = group;
        this.plural = plural;
        this.kind = kind;
        this.namespaced = namespaced;
    }

    /// All of them, as kinds are described.
    public static List<Kind> kinds() {
        var definitions = Definitions.load();
        return Arrays.stream(values()).map(one -> one.described(definitions)).toList();
    }

    private Kind described(Definitions definitions) {
        var names = Names.of(plural, kind);
        return isOwn()
                ? PostedKinds.own(names, ReviewKind.class, SCHEMA)
                : PostedKinds.of(
                        group,
                        version(),
                        names,
                        namespaced,
                        definitions.schema(definition()),
                        RULES);
    }

    private String definition() {
        return "io.k8s.api.%s.v1.%s".formatted(group.split("\\.", 2)[0], kind);
    }

    static Optional<ReviewKind> of(String group, String version, String plural) {
        return Arrays.stream(values())
                .filter(one -> one.group.equals(group) && one.version().equals(version))
                .filter(one -> one.plural.equals(plural))
                .findFirst();
    }

    private boolean isOwn() {
        return group.equals(OWN);
    }

    private String version() {
        return isOwn() ? "v1alpha1" : "v1";
    }

    String apiVersion() {
        return group + "/" + version();
    }

    public String group() {
        return group;
    }

    public String plural() {
        return plural;
    }

    public String kind() {
        return kind;
    }

    public boolean namespaced() {
        return namespaced;
    }
}
