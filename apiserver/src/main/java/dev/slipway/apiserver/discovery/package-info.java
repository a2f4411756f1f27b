/// What is served: the documents by which clients find groups, versions and kinds.
@NullMarked
package dev.slipway.apiserver.discovery;

import org.jspecify.annotations.NullMarked;
