/// The one way in for whoever is not the server: [ApiClient], in its in-process and its HTTP form.
@NullMarked
package dev.slipway.client;

import org.jspecify.annotations.NullMarked;
