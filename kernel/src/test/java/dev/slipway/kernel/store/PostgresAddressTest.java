package dev.slipway.kernel.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {
    @Test
    void readsEveryPart() {
        var address =
                PostgresAddress.of(
                        "postgresql://ann%40corp@[::1]:6432/my%20db?currentSchema=team&sslmode=verify-full");

        assertThat(address)
                .isEqualTo(
                        new PostgresAddress(
                                "ann@corp",
                                "::1",
                                6432,
                                "my db",
                                "team",
                                Map.of("sslmode", "verify-full")));
        assertThat(address.url()).isEqualTo("jdbc:postgresql://[::1]:6432/my+db");
    }

    @Test
    void hasDefaultsForPortAndSchema() {
        var address = PostgresAddress.of("postgresql://ann@db.example/slipway");

        assertThat(address.port()).isEqualTo(5432);
        assertThat(address.schema()).isEqualTo("slipway");
        assertThat(address.tls()).isEmpty();
        assertThat(address).hasToString("postgresql://ann@db.example:5432/slipway");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    postgres://ann@db/x                        | does not begin with postgresql://
                    postgresql://db/x                          | names no user
                    postgresql://@db/x                         | names no user
                    postgresql://ann@/x                        | names no host
                    postgresql://ann@:5432/x                   | names no host
                    postgresql://ann@db                        | names no database
                    postgresql://ann@db/                       | names no database
                    postgresql://ann@db/x/y                    | more than one name
                    postgresql://ann@db:port/x                 | the port "port"
                    postgresql://ann@db:0/x                    | the port "0"
                    postgresql://ann@db:65536/x                | the port 65536
                    postgresql://ann@db/x?user=bob             | the parameter "user"
                    postgresql://ann@db/x?sslmode=maybe        | sslmode=maybe; known are
                    postgresql://ann@db/x?currentSchema=a,b    | currentSchema=a,b
                    postgresql://ann@db/%zz                    | a % that begins no character
                    """)
    void namesWhatIsWrong(String text, String why) {
        assertThatThrownBy(() -> PostgresAddress.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(why)
                .hasMessageEndingWith("it has the form postgresql://USER@HOST:PORT/DATABASE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://ann:hush@db/x",
                "postgresql://ann:hu@sh@db/x",
                "postgresql://ann:hush/hush@db/x",
                "postgresql://ann:hush/x",
                "postgresql://ann@db/x?password=hush"
            })
    void neverRepeatsAPassword(String text) {
        assertThatThrownBy(() -> PostgresAddress.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hush");
    }
}
