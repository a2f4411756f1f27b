/// The listening server and the door that every request passes. Read [dev.slipway.apiserver.http.WebServer] first.
@NullMarked
package dev.slipway.apiserver.http;

import org.jspecify.annotations.NullMarked;
