package dev.slipway.apiserver.review;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.apiserver.access.Authorizer;
import dev.slipway.kernel.access.Decision;
import dev.slipway.kernel.access.Wish;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.User;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NamespacesReviewTest {
    private static final Map<String, Object> SPEC =
            Map.of("resourceAttributes", Map.of("verb", "list", "resource", "pods"));

    /// Somebody may do everything in some namespaces, and nothing beside them.
    private record Within(List<String> all) implements Authorizer {
        @Override
        public Decision decide(User user, Wish wish) {
            return new Decision.Refused("");
        }

        @Override
        public List<String> namespaces(User user, Wish.OnResource wish) {
            return all;
        }
    }

    private static Map<String, Object> status(int namespaces) {
        var all = IntStream.range(0, namespaces).mapToObj("n%04d"::formatted).toList();
        return new NamespacesReview(new Within(all)).status(User.of("jane", List.of()), SPEC);
    }

    @Test
    void namesAsManyNamespacesAsItMay() {
        var status = status(NamespacesReview.MAX_NAMESPACES);

        assertThat(status).containsEntry("incomplete", false).containsEntry("everywhere", false);
        assertThat(Json.list(status, "namespaces")).hasSize(NamespacesReview.MAX_NAMESPACES);
    }

    @Test
    void saysThatThereAreMoreNamespacesThanItNames() {
        var status = status(NamespacesReview.MAX_NAMESPACES + 1);

        assertThat(status).containsEntry("incomplete", true);
        assertThat(Json.list(status, "namespaces")).hasSize(NamespacesReview.MAX_NAMESPACES);
    }
}
