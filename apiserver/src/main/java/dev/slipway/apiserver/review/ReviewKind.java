package dev.slipway.apiserver.review;

import java.util.Arrays;
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
    ACCESS("authorization.k8s.io", "subjectaccessreviews", "SubjectAccessReview", false);

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

    static Optional<ReviewKind> of(String group, String plural) {
        return Arrays.stream(values())
                .filter(one -> one.group.equals(group) && one.plural.equals(plural))
                .findFirst();
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
