package dev.slipway.kernel.past;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.past.Explanation.Chain;
import dev.slipway.kernel.past.Explanation.End;
import dev.slipway.kernel.past.Explanation.Link;
import dev.slipway.kernel.store.Attribution;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Revision;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CauseWalkTest {
    private final Map<Long, Revision> log = new HashMap<>();

    @Test
    void followsCausesToTheWriteThatBeganIt() {
        revision(1, "");
        revision(2, "", 1L);
        revision(3, "", 2L);

        assertThat(told(3)).containsExactly("ORIGIN [3, 2, 1]");
    }

    @Test
    void tellsTheNearestFirstAndPeopleBeforeAllElse() {
        revision(1, "");
        revision(2, "resync");
        revision(3, "", 1L);
        revision(4, "", 3L, 2L);
        revision(5, "commit");
        revision(6, "", 4L, 5L, 77L);

        assertThat(told(6))
                .containsExactly(
                        "ORIGIN [6, 5]",
                        "ORIGIN [6, 4, 3, 1]",
                        "RESYNC [6, 4, 2]",
                        "COMPACTED [6, 77]");
    }

    @Test
    void looksAtEachRevisionOnce() {
        revision(1, "");
        revision(2, "", 1L);
        revision(3, "", 2L, 1L);
        revision(4, "", 3L, 2L, 1L);

        assertThat(told(4)).containsExactly("ORIGIN [4, 1]");
    }

    @Test
    void endsWhereAChainIsTooLong() {
        revision(1, "");
        for (long i = 2; i <= CauseWalk.MAX_LINKS + 5; i++) {
            revision(i, "", i - 1);
        }

        assertThat(walk(CauseWalk.MAX_LINKS + 5))
                .singleElement()
                .satisfies(chain -> {
                    assertThat(chain.end()).isEqualTo(End.TOO_FAR);
                    assertThat(chain.links()).hasSize(CauseWalk.MAX_LINKS);
                });
    }

    @Test
    void looksAtABoundedNumberOfRevisions() {
        long next = 1;
        for (; next <= 2_000; next++) {
            var many = new Long[Attribution.MAX_CAUSES];
            for (int i = 0; i < many.length; i++) {
                many[i] = Math.max(1, next * 3 / 4 - i);
            }
            revision(next, "", next < 20 ? new Long[0] : many);
        }

        assertThat(walk(2_000)).hasSizeLessThanOrEqualTo(CauseWalk.MAX_CHAINS).isNotEmpty();
    }

    private List<String> told(long number) {
        return walk(number).stream()
                .map(chain -> chain.end() + " " + chain.links().stream().map(Link::number).toList())
                .toList();
    }

    private List<Chain> walk(long number) {
        return CauseWalk.from(
                Optional.ofNullable(log.get(number)).orElseThrow(),
                cause -> Optional.ofNullable(log.get(cause)));
    }

    private void revision(long number, String note, Long... causes) {
        log.put(
                number,
                new Revision(
                        number,
                        KindKey.of("", "configmaps").resource("default", "web"),
                        "uid",
                        Operation.UPDATE,
                        1,
                        new Attribution("joe", Arrays.asList(causes), note),
                        Instant.EPOCH,
                        number,
                        new byte[0]));
    }
}
