/// CEL expressions over resources: types, checking, evaluation, and `${…}` templates.
///
/// Start at [dev.slipway.expression.Environment]: it knows the variables and their [dev.slipway.expression.Type]s,
/// turns a source into a [dev.slipway.expression.Checked] expression, and the expression turns data into a
/// [dev.slipway.expression.Value]. [dev.slipway.expression.Template] finds the expressions inside a string and
/// [dev.slipway.expression.TemplateWalk] the strings inside a tree. Data are plain trees: `Map`, `List`, `String`,
/// `Long`, `Double`, `Boolean` and null.
@NullMarked
package dev.slipway.expression;

import org.jspecify.annotations.NullMarked;
