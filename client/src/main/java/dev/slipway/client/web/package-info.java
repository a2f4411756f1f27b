/// Requests and responses as plain values, so that neither the API nor the portal knows the server below them.
@NullMarked
package dev.slipway.client.web;

import org.jspecify.annotations.NullMarked;
