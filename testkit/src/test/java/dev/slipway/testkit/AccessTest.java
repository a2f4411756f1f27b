package dev.slipway.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.control.access.Access;
import dev.slipway.control.access.DefaultRoles;
import dev.slipway.kernel.access.Decision;
import dev.slipway.kernel.access.PolicyRule;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.access.Wish;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.ProblemException;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.User;
import dev.slipway.kernel.model.Yaml;
import dev.slipway.kernel.resources.Patch;
import dev.slipway.kernel.resources.Strictness;
import dev.slipway.kernel.resources.WriteOptions;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.State;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessTest {
    private static final User JANE = User.of("jane", List.of("devs", "system:authenticated"));
    private static final User ROBOT =
            User.of(User.ofServiceAccount("default", "robot"), List.of("system:serviceaccounts"));

    private World world;
    private Rbac rbac;

    @BeforeEach
    void start() {
        rbac = new Rbac(this::state);
        world = World.of(new Access(rbac, "THE AUTHORITY"));
    }

    @AfterEach
    void stop() {
        world.close();
    }

    private State state() {
        return world.store().state();
    }

    private static Wish on(String verb, String resource, String namespace, String name) {
        return new Wish.OnResource(verb, "", resource, namespace, name);
    }

    private boolean may(User user, String verb, String resource, String namespace) {
        return rbac.decide(user, on(verb, resource, namespace, "")).allowed();
    }

    private void role(String name, String rules) {
        world.apply(
                "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: %s}, rules: %s}"
                        .formatted(name, rules));
    }

    private void bind(String role, String subject) {
        world.apply(binding("Role", role, role, subject));
    }

    private static String binding(String kind, String role, String name, String subject) {
        return """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: %s}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: %s, name: %s}
        subjects: [%s]
        """
                .formatted(name, kind, role, subject);
    }

    /// A write within somebody's rights.
    private void write(User user, String yaml) {
        var tree = tree(yaml);
        var served = world.served(Json.string(tree, "apiVersion"), Json.string(tree, "kind"));
        world.resources()
                .create(served, served.kind().namespaced() ? "default" : "", tree, by(user));
    }

    private static Map<String, Object> tree(String yaml) {
        return Json.cast((Map<?, ?>) Yaml.read(yaml.getBytes(StandardCharsets.UTF_8)));
    }

    private static WriteOptions by(User user) {
        return new WriteOptions(Attribution.of(user.name()), "test", false, Strictness.STRICT)
                .by(user);
    }

    @Test
    void givesARoleInItsNamespaceOnly() {
        role("reader", "[{verbs: [get, list], apiGroups: [''], resources: [configmaps]}]");
        bind("reader", "{kind: User, name: jane}");

        assertThat(may(JANE, "list", "configmaps", "default")).isTrue();
        assertThat(may(JANE, "delete", "configmaps", "default")).isFalse();
        assertThat(may(JANE, "list", "secrets", "default")).isFalse();
        assertThat(may(JANE, "list", "configmaps", "other")).isFalse();
        assertThat(may(JANE, "list", "configmaps", "")).isFalse();
        assertThat(may(JANE, "list", "configmaps/status", "default")).isFalse();
        assertThat(may(User.of("joe", List.of()), "list", "configmaps", "default")).isFalse();
        assertThat(rbac.decide(JANE, on("list", "configmaps", "default", "")))
                .isEqualTo(
                        new Decision.Allowed(
                                "RBAC: allowed by RoleBinding \"reader/default\" of Role \"reader\" to User \"jane\""));
    }

    @Test
    void takesBackWhatABindingGaveWithTheBinding() {
        role("reader", "[{verbs: [get], apiGroups: [''], resources: [configmaps]}]");
        bind("reader", "{kind: Group, name: devs}");
        assertThat(may(JANE, "get", "configmaps", "default")).isTrue();

        world.delete("rbac.authorization.k8s.io/v1", "RoleBinding", "default", "reader");
        assertThat(may(JANE, "get", "configmaps", "default")).isFalse();
    }

    @Test
    void takesBackWhatARoleNoLongerAllows() {
        role("reader", "[{verbs: [get], apiGroups: [''], resources: [configmaps]}]");
        bind("reader", "{kind: Group, name: devs}");
        assertThat(may(JANE, "get", "configmaps", "default")).isTrue();

        role("reader", "[{verbs: [get], apiGroups: [''], resources: [secrets]}]");
        assertThat(may(JANE, "get", "configmaps", "default")).isFalse();
        assertThat(may(JANE, "get", "secrets", "default")).isTrue();
    }

    @Test
    void namesTheRoleThatABindingMisses() {
        bind("gone", "{kind: User, name: jane}");

        assertThat(rbac.decide(JANE, on("get", "configmaps", "default", "web")).reason())
                .isEqualTo("RBAC: role.rbac.authorization.k8s.io \"gone\" not found");
    }

    @Test
    void boundsARuleToTheNamesThatItTells() {
        role(
                "one",
                "[{verbs: [get, list], apiGroups: [''], resources: [secrets], resourceNames: [sec]}]");
        bind("one", "{kind: ServiceAccount, name: robot, namespace: default}");

        assertThat(rbac.decide(ROBOT, on("get", "secrets", "default", "sec")).allowed()).isTrue();
        assertThat(rbac.decide(ROBOT, on("get", "secrets", "default", "other")).allowed())
                .isFalse();
        assertThat(may(ROBOT, "list", "secrets", "default")).isFalse();
    }

    @Test
    void knowsSubresourcesByTheirOwnName() {
        role("scaler", "[{verbs: [get], apiGroups: [''], resources: ['*/scale', pods/log]}]");
        bind("scaler", "{kind: User, name: jane}");

        assertThat(may(JANE, "get", "pods/log", "default")).isTrue();
        assertThat(may(JANE, "get", "things/scale", "default")).isTrue();
        assertThat(may(JANE, "get", "pods", "default")).isFalse();
        assertThat(may(JANE, "get", "pods/status", "default")).isFalse();
    }

    @Test
    void allowsPathsToThoseWhoHoldThemEverywhere() {
        world.apply(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: watcher}
                rules: [{nonResourceURLs: [/metrics, /readyz/*], verbs: [get]}]
                """);
        world.apply(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: watcher}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: watcher}
                subjects: [{kind: User, name: jane}]
                """);

        assertThat(rbac.decide(JANE, new Wish.OnPath("get", "/metrics")).allowed()).isTrue();
        assertThat(rbac.decide(JANE, new Wish.OnPath("get", "/readyz/state")).allowed()).isTrue();
        assertThat(rbac.decide(JANE, new Wish.OnPath("get", "/metrics/all")).allowed()).isFalse();
        assertThat(rbac.decide(JANE, new Wish.OnPath("post", "/metrics")).allowed()).isFalse();
    }

    @Test
    void letsNobodyWriteARoleThatAllowsMoreThanTheyMay() {
        role(
                "maker",
                "[{verbs: [create, update], apiGroups: [rbac.authorization.k8s.io], resources: [roles]}, {verbs: [get], apiGroups: [''], resources: [secrets]}]");
        bind("maker", "{kind: User, name: jane}");
        var small =
                "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: small}, rules: [{verbs: [get], apiGroups: [''], resources: [secrets], resourceNames: [one]}]}";
        var big =
                "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: big}, rules: [{verbs: [get, list, watch], apiGroups: [''], resources: [secrets]}]}";

        write(JANE, small);
        assertThatThrownBy(() -> write(JANE, big))
                .isInstanceOf(ProblemException.class)
                .hasMessage(
                        """
                        roles.rbac.authorization.k8s.io "big" is forbidden: user "jane" (groups=["devs" "system:authenticated"]) is attempting to grant RBAC permissions not currently held:
                        {APIGroups:[""], Resources:["secrets"], Verbs:["list" "watch"]}\
                        """);
        write(User.of("root", List.of(User.MASTERS)), big);
    }

    @Test
    void letsNobodyTouchWhatGivesMoreThanTheyHold() {
        role("big", "[{verbs: [get], apiGroups: [''], resources: [secrets]}]");
        bind("big", "{kind: User, name: joe}");
        var label = "{metadata: {labels: {rbac.authorization.k8s.io/aggregate-to-view: 'true'}}}";
        for (var kind : List.of("Role", "RoleBinding")) {
            assertThatThrownBy(() -> merge(JANE, kind, label))
                    .hasMessageContaining(
                            "attempting to grant RBAC permissions not currently held");
            merge(JANE, kind, "{metadata: {finalizers: [acme.dev/late]}}");
        }
        merge(User.of("root", List.of(User.MASTERS)), "Role", label);
    }

    private void merge(User user, String kind, String patch) {
        world.resources()
                .patch(
                        world.served("rbac.authorization.k8s.io/v1", kind),
                        "default",
                        "big",
                        "",
                        new Patch.Merge(tree(patch)),
                        by(user));
    }

    @Test
    void letsEscalateWhoMay() {
        role(
                "maker",
                "[{verbs: [create, escalate], apiGroups: [rbac.authorization.k8s.io], resources: [roles]}]");
        bind("maker", "{kind: User, name: jane}");

        write(
                JANE,
                "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: big}, rules: [{verbs: ['*'], apiGroups: ['*'], resources: ['*']}]}");
        assertThat(world.find("rbac.authorization.k8s.io/v1", "Role", "default", "big"))
                .isPresent();
    }

    @Test
    void letsNobodyBindARoleThatAllowsMoreThanTheyMay() {
        role("big", "[{verbs: ['*'], apiGroups: [''], resources: [secrets]}]");
        role(
                "binder",
                "[{verbs: [create], apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings]}]");
        bind("binder", "{kind: User, name: jane}");
        var gift = binding("Role", "big", "gift", "{kind: User, name: jane}");

        assertThatThrownBy(() -> write(JANE, gift))
                .hasMessageStartingWith(
                        "rolebindings.rbac.authorization.k8s.io \"gift\" is forbidden: user \"jane\"")
                .hasMessageEndingWith("{APIGroups:[\"\"], Resources:[\"secrets\"], Verbs:[\"*\"]}");
        assertThatThrownBy(() -> write(JANE, binding("Role", "none", "x", "{kind: User, name: j}")))
                .hasMessage("rolebindings.rbac.authorization.k8s.io \"none\" not found");

        role(
                "binder",
                "[{verbs: [create], apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings]}, {verbs: [bind], apiGroups: [rbac.authorization.k8s.io], resources: [roles], resourceNames: [big]}]");
        write(JANE, gift);
        assertThat(may(JANE, "delete", "secrets", "default")).isTrue();
    }

    @Test
    void letsNobodyCollectRulesWhoMayNotDoEverything() {
        world.apply(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: maker}
                rules: [{verbs: [create], apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles]}]
                """);
        world.apply(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRoleBinding
                metadata: {name: maker}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: maker}
                subjects: [{kind: User, name: jane}]
                """);

        assertThatThrownBy(() ->
                        write(
                                JANE,
                                "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole, metadata: {name: all}, aggregationRule: {clusterRoleSelectors: [{}]}, rules: []}"))
                .hasMessageEndingWith(
                        "must have cluster-admin privileges to use an aggregationRule");
    }

    @Test
    void createsByApplyForThoseWhoMayCreate() {
        role("patcher", "[{verbs: [patch], apiGroups: [''], resources: [configmaps]}]");
        bind("patcher", "{kind: User, name: jane}");
        var map = new Resource(tree("{apiVersion: v1, kind: ConfigMap, metadata: {name: web}}"));

        assertThatThrownBy(() ->
                        world.resources()
                                .patch(
                                        world.served("v1", "ConfigMap"),
                                        "default",
                                        "web",
                                        "",
                                        new Patch.Apply(map, false),
                                        by(JANE)))
                .hasMessage(
                        "configmaps \"web\" is forbidden: User \"jane\" cannot create resource \"configmaps\" in API group \"\" in the namespace \"default\"");
    }

    @Test
    void collectsRulesByLabels() {
        DefaultRoles.reconcile(world.resources());
        world.settle();
        world.apply(binding("ClusterRole", "developer", "devs", "{kind: Group, name: devs}"));
        assertThat(may(JANE, "create", "secrets", "default")).isTrue();
        assertThat(may(JANE, "create", "gadgets", "default")).isFalse();

        world.apply(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: gadgets, labels: {rbac.authorization.k8s.io/aggregate-to-edit: "true"}}
                rules: [{verbs: [create], apiGroups: [''], resources: [gadgets]}]
                """);
        world.eventually("the rule is collected", () -> may(JANE, "create", "gadgets", "default"));
        world.delete("rbac.authorization.k8s.io/v1", "ClusterRole", "", "gadgets");
        world.eventually("the rule is gone", () -> !may(JANE, "create", "gadgets", "default"));
    }

    @Test
    void beginsWithRolesAndMakesThemOnce() {
        DefaultRoles.reconcile(world.resources());
        world.settle();
        var revision = state().revision();
        DefaultRoles.reconcile(world.resources());

        assertThat(state().revision()).isEqualTo(revision);
        world.apply(binding("ClusterRole", "viewer", "v", "{kind: User, name: jane}"));
        world.apply(binding("ClusterRole", "admin", "a", "{kind: User, name: anna}"));
        var anna = User.of("anna", List.of());
        assertThat(may(JANE, "get", "configmaps", "default")).isTrue();
        assertThat(may(JANE, "get", "secrets", "default")).isFalse();
        assertThat(may(JANE, "delete", "configmaps", "default")).isFalse();
        assertThat(may(anna, "get", "secrets", "default")).isTrue();
        assertThat(may(anna, "delete", "namespaces", "default")).isFalse();
    }

    @Test
    void putsBackWhatIsMissingOfItsRolesUnlessTheySayOtherwise() {
        DefaultRoles.reconcile(world.resources());
        world.settle();
        var less = "rules: [{verbs: [get], apiGroups: [''], resources: [gadgets]}]";
        merge("system:aggregate-to-view", less);
        merge(
                "system:aggregate-to-edit",
                less
                        + "\nmetadata: {annotations: {rbac.authorization.kubernetes.io/autoupdate: 'false'}}");
        DefaultRoles.reconcile(world.resources());

        assertThat(rules("system:aggregate-to-view")).contains("gadgets").contains("configmaps");
        assertThat(rules("system:aggregate-to-edit")).contains("gadgets").doesNotContain("secrets");
    }

    private void merge(String role, String yaml) {
        world.merge("rbac.authorization.k8s.io/v1", "ClusterRole", "", role, yaml);
    }

    private String rules(String role) {
        return Json.text(
                world.find("rbac.authorization.k8s.io/v1", "ClusterRole", "", role)
                        .orElseThrow()
                        .tree()
                        .get("rules"));
    }

    @Test
    void givesEachNamespaceAnAccountAndTheAuthority() {
        world.apply("{apiVersion: v1, kind: Namespace, metadata: {name: team}}");
        world.settle();
        assertThat(world.find("v1", "ServiceAccount", "team", "default")).isPresent();
        assertThat(authority()).isEqualTo("THE AUTHORITY");

        world.delete("v1", "ServiceAccount", "team", "default");
        world.merge("v1", "ConfigMap", "team", "kube-root-ca.crt", "data: {ca.crt: x, more: 'y'}");
        world.settle();
        assertThat(world.find("v1", "ServiceAccount", "team", "default")).isPresent();
        assertThat(authority()).isEqualTo("THE AUTHORITY");

        world.delete("v1", "Namespace", "", "team");
        world.eventually(
                "the namespace goes", () -> world.find("v1", "Namespace", "", "team").isEmpty());
        assertThat(world.find("v1", "ServiceAccount", "team", "default")).isEmpty();
    }

    private Object authority() {
        var data =
                Json.object(
                        world.find("v1", "ConfigMap", "team", "kube-root-ca.crt")
                                .orElseThrow()
                                .tree(),
                        "data");
        assertThat(data).containsOnlyKeys("ca.crt");
        return data.get("ca.crt");
    }

    /// Whatever order things come and go in, the view says what one made anew says.
    @Test
    void saysTheSameAsAViewMadeAnew() {
        var random = new Random(7);
        for (int step = 0; step < 120; step++) {
            change(random);
            if (step % 10 == 0) {
                assertThat(answers(rbac)).isEqualTo(answers(new Rbac(this::state)));
            }
        }
    }

    @Test
    void namesTheNamespacesInWhichItWouldAllowAWish() {
        var random = new Random(11);
        var wish = new Wish.OnResource("list", "", "configmaps", "", "");
        var named = new ArrayList<Boolean>();
        for (int step = 0; step < 60; step++) {
            change(random);
            for (var user : List.of(User.of("jane", List.of()), User.of("joe", List.of()))) {
                var allowed = may(user, "list", "configmaps", "default");
                assertThat(rbac.namespaces(user, wish))
                        .isEqualTo(allowed ? List.of("default") : List.of());
                named.add(allowed);
            }
        }
        assertThat(named).contains(true, false);
    }

    private void change(Random random) {
        var name = "n" + random.nextInt(3);
        var kind = random.nextBoolean() ? "Role" : "RoleBinding";
        if (random.nextInt(3) == 0) {
            if (world.find("rbac.authorization.k8s.io/v1", kind, "default", name).isPresent()) {
                world.delete("rbac.authorization.k8s.io/v1", kind, "default", name);
            }
        } else if (kind.equals("Role")) {
            role(
                    name,
                    "[{verbs: [%s], apiGroups: [''], resources: [configmaps]}]"
                            .formatted(random.nextBoolean() ? "get" : "list"));
        } else {
            bind(name, "{kind: User, name: %s}".formatted(random.nextBoolean() ? "jane" : "joe"));
        }
    }

    private static List<List<PolicyRule>> answers(Rbac rbac) {
        var answers = new ArrayList<List<PolicyRule>>();
        for (var name : List.of("jane", "joe")) {
            answers.add(rbac.rules(User.of(name, List.of()), "default"));
        }
        return answers;
    }
}
