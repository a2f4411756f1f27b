package dev.slipway.expression.library;

import static dev.slipway.expression.library.Parameter.TEXT;
import static dev.slipway.expression.library.Parameter.TEXT_LIST;

import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import java.util.List;

/// URLs and their parts.
final class UrlFunctions {
    private static final Parameter<Url> URL =
            new Parameter<>(OpaqueType.create("kubernetes.URL"), Url.class);

    static final List<Function> ALL =
            List.of(
                    Function.global("url", URL.type(), TEXT, UrlFunctions::read),
                    Function.global(
                            "isURL", SimpleType.BOOL, TEXT, text -> Url.parse(text).isPresent()),
                    Function.member("getScheme", SimpleType.STRING, URL, Url::scheme),
                    Function.member("getHost", SimpleType.STRING, URL, Url::host),
                    Function.member("getHostname", SimpleType.STRING, URL, Url::hostname),
                    Function.member("getPort", SimpleType.STRING, URL, Url::port),
                    Function.member("getEscapedPath", SimpleType.STRING, URL, Url::escapedPath),
                    Function.member(
                            "getQuery",
                            MapType.create(SimpleType.STRING, TEXT_LIST),
                            URL,
                            Url::parameters));

    private UrlFunctions() {}

    private static Url read(String text) {
        return Url.parse(text).orElseThrow(() -> Failures.invalid("not a URL: '" + text + "'"));
    }
}
