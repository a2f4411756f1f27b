/// Pages as values, and how they are made of what the API answers.
///
/// Read [dev.slipway.portal.page.Visit], then [dev.slipway.portal.page.ListPages] and
/// [dev.slipway.portal.page.ThingPages]. The templates that write the values as HTML are in `src/main/jte`.
@NullMarked
package dev.slipway.portal.page;

import org.jspecify.annotations.NullMarked;
