/// The shape of what is served, as OpenAPI v3 documents.
@NullMarked
package dev.slipway.apiserver.openapi;

import org.jspecify.annotations.NullMarked;
