package dev.slipway.apiserver.http;

import java.util.Optional;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/// Says what is wrong with requests that are none, in one line and without a trace of the inside.
final class BareErrors extends ErrorHandler {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var status = response.getStatus();
        var message = request.getAttribute(ERROR_MESSAGE);
        var text =
                Optional.ofNullable(message)
                        .map(Object::toString)
                        .orElse(HttpStatus.getMessage(status));
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain; charset=utf-8");
        Content.Sink.write(
                response,
                true,
                status < 500 ? text + "\n" : HttpStatus.getMessage(status) + "\n",
                callback);
        return true;
    }
}
