package dev.slipway.apiserver.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.MalformedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Bodies as client-go writes them.
class ProtobufTest {
    private static final String DEPLOYMENT =
            "6b3873000a150a07617070732f7631120a4465706c6f796d656e741299020a1f0a0377656212001a"
                    + "0022002a003200380042005a0a0a03617070120377656212e7010800120c0a0a0a03617070120377"
                    + "65621acc010a1c0a0012001a0022002a003200380042005a0a0a03617070120377656212ab010a09"
                    + "0a0176120412020a001281010a056e67696e78120a6e67696e783a312e323722022d6322002a0032"
                    + "0a0a001000185022002a003a130a014112001a0c220a0a030a017312016b180042100a0e0a036370"
                    + "7512070a05313530306d52210a1512130a012f120a080110001a04687474701a0022001000180020"
                    + "00280030006a007200800100880100900100a201001a00320042004a005200580060006800820100"
                    + "8a01009a0100c2010022020a00280038001a0c0800100018002000280038001a002200";

    private static final String SECRET =
            "6b3873000a0c0a027631120653656372657412320a110a017312001a0022002a0032003800420012"
                    + "050a01651200120c0a0170120768756e746572321a064f706171756528001a002200";

    private static final String DEFINITION =
            "6b3873000a330a17617069657874656e73696f6e732e6b38732e696f2f76311218437573746f6d"
                    + "5265736f75726365446566696e6974696f6e12f5020a160a0661732e622e6312001a0022002a00"
                    + "32003800420012cc020a03622e631a080a00120022002a0022003ab6020a0276311001180022a9"
                    + "020aa6020a00120022002a066f626a65637432003a00420f0a0d7b2261223a5b312c2278225d7d"
                    + "500060007a00900100a201070a05226f6e6522a201060a046e756c6cc201260a240a0012002200"
                    + "2a06737472696e6732003a00500060007a00900100a80200b80200c00200ea01730a016c126e0a"
                    + "00120022002a0032003a00500060007a00900100c2014d12240a00120022002a06737472696e67"
                    + "32003a00500060007a00900100a80200b80200c0020012250a00120022002a07626f6f6c65616e"
                    + "32003a00500060007a00900100a80200b80200c00200a80200b80200c00200f20129080112250a"
                    + "00120022002a07696e746567657232003a00500060007a00900100a80200b80200c00200820208"
                    + "0a0164120312016c8a02020800a80200b00201b80200c00200380050001a0c12080a0012002200"
                    + "2a0020001a002200";

    private static final String DELETION =
            "6b3873000a130a027631120d44656c6574654f7074696f6e731212080012020a00220a466f726567"
                    + "726f756e641a002200";

    @Test
    void readsAWorkloadWithAllKindsOfFields() {
        var deployment = Protobuf.read(bytes(DEPLOYMENT));

        assertThat(deployment)
                .containsEntry("apiVersion", "apps/v1")
                .containsEntry("kind", "Deployment");
        assertThat(Json.at(deployment, "spec", "replicas"))
                .as("zero behind a pointer is a value")
                .isEqualTo(0L);
        assertThat(Json.at(deployment, "spec", "selector", "matchLabels", "app")).isEqualTo("web");
        assertThat(Json.at(deployment, "spec", "minReadySeconds")).isNull();
        assertThat(Json.text(Json.at(deployment, "spec", "template", "spec", "volumes")))
                .as("a source stands in the volume itself")
                .isEqualTo("[{\"name\":\"v\",\"emptyDir\":{}}]");
        var containers = Json.text(Json.at(deployment, "spec", "template", "spec", "containers"));
        assertThat(containers)
                .contains("\"args\":[\"-c\",\"\"]")
                .contains("\"ports\":[{\"containerPort\":80}]")
                .contains("\"limits\":{\"cpu\":\"1500m\"}")
                .contains("\"livenessProbe\":{\"httpGet\":{\"path\":\"/\",\"port\":\"http\"}}")
                .contains("\"secretKeyRef\":{\"name\":\"s\",\"key\":\"k\",\"optional\":false}");
    }

    @Test
    void readsBytesAsBase64() {
        var secret = Protobuf.read(bytes(SECRET));

        assertThat(Json.text(secret))
                .isEqualTo(
                        "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"s\"},"
                                + "\"data\":{\"e\":\"\",\"p\":\"aHVudGVyMg==\"},\"type\":\"Opaque\",\"immutable\":false}");
    }

    @Test
    void readsSchemasWithWhatStandsForThemInJson() {
        var versions =
                (java.util.List<?>) Json.at(Protobuf.read(bytes(DEFINITION)), "spec", "versions");

        assertThat(Json.at(versions.getFirst(), "schema", "openAPIV3Schema"))
                .isEqualTo(
                        Json.readObject(
                                """
                                {"type": "object",
                                 "default": {"a": [1, "x"]},
                                 "enum": ["one", null],
                                 "items": {"type": "string"},
                                 "properties": {"l": {"items": [{"type": "string"}, {"type": "boolean"}]}},
                                 "additionalProperties": {"type": "integer"},
                                 "dependencies": {"d": ["l"]},
                                 "additionalItems": false,
                                 "x-kubernetes-preserve-unknown-fields": true}
                                """));
    }

    @Test
    void readsOptionsOfADeletion() {
        var deletion = Protobuf.read(bytes(DELETION));

        assertThat(deletion)
                .containsEntry("gracePeriodSeconds", 0L)
                .containsEntry("propagationPolicy", "Foreground");
        assertThat(Json.at(deletion, "preconditions", "uid")).isEqualTo("");
    }

    @Test
    void refusesWhatIsNoProtobuf() {
        assertThatThrownBy(() -> Protobuf.read("{\"kind\": 1}".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("expected prefix [107 56 115 0]");
        assertThatThrownBy(() -> Protobuf.read(new byte[0])).isInstanceOf(MalformedException.class);
    }

    @Test
    void refusesAKindThatItDoesNotKnow() {
        var widget = "6b387300" + "0a10" + "0a0265781206576964676574" + "1800" + "1200";

        assertThatThrownBy(() -> Protobuf.read(bytes(widget)))
                .isInstanceOf(MalformedException.class);
    }

    @Test
    void survivesWhatIsCutOrChanged() {
        var whole = bytes(DEPLOYMENT);
        var random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            var bytes = Arrays.copyOf(whole, 5 + random.nextInt(whole.length - 5));
            bytes[4 + random.nextInt(bytes.length - 4)] ^= (byte) random.nextInt();
            try {
                Protobuf.read(bytes);
            } catch (MalformedException e) {
                assertThat(e).hasMessageNotContaining("null");
            }
        }
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
