package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.BYTES;
import static dev.slipway.expression.library.Parameter.DYN;
import static dev.slipway.expression.library.Parameter.TEXT;

import com.google.common.io.BaseEncoding;
import dev.cel.common.types.SimpleType;
import dev.cel.common.values.CelByteString;
import java.util.List;

/// Bytes as base64 text and back, and values as JSON in the form of protocol buffers.
final class EncoderFunctions {
    static final List<Function> ALL =
            List.of(
                    Function.standard(
                            "base64_encode_bytes",
                            BYTES,
                            bytes -> BaseEncoding.base64().encode(bytes.toByteArray())),
                    Function.standard("base64_decode_string", TEXT, EncoderFunctions::decoded),
                    Function.global(
                            "json.encode",
                            SimpleType.STRING,
                            DYN,
                            value -> JsonWriter.ofMessages().write(value)));

    private EncoderFunctions() {}

    private static CelByteString decoded(String text) {
        try {
            return CelByteString.of(BaseEncoding.base64().decode(text.replaceAll("[\r\n]", "")));
        } catch (IllegalArgumentException e) {
            throw Failures.invalid("illegal base64 data: " + e.getMessage());
        }
    }
}
