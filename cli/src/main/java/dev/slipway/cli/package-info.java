/// The command line: verbs that talk to a server through its API only. Read [dev.slipway.cli.Cli] first, then the verb.
@NullMarked
package dev.slipway.cli;

import org.jspecify.annotations.NullMarked;
