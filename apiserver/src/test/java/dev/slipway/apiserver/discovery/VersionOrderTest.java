package dev.slipway.apiserver.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class VersionOrderTest {
    @Test
    void putsStableVersionsFirst() {
        var versions =
                List.of(
                        "foo",
                        "v1alpha1",
                        "v10",
                        "v1beta1",
                        "v2",
                        "v1beta2",
                        "bar",
                        "v2alpha3",
                        "v1");

        assertThat(versions.stream().sorted(VersionOrder.INSTANCE))
                .containsExactly(
                        "v10",
                        "v2",
                        "v1",
                        "v1beta2",
                        "v1beta1",
                        "v2alpha3",
                        "v1alpha1",
                        "bar",
                        "foo");
    }
}
