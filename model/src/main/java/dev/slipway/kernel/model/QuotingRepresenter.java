package dev.slipway.kernel.model;

import java.util.Objects;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.representer.StandardRepresenter;

/// Puts texts into double quotes that a reader of any version of YAML could take for a number, a moment, a truth value
/// or nothing.
final class QuotingRepresenter extends StandardRepresenter {
    private static final Pattern AMBIGUOUS =
            Pattern.compile(
                    "(?i)|~|null|true|false|y|yes|n|no|on|off|<<|[-+]?\\.(inf|nan)"
                            + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])*(\\.[0-9_]*)?(e[-+]?[0-9]+)?"
                            + "|[-+]?\\.[0-9]+(e[-+]?[0-9]+)?|0x[0-9a-f_]+|0o?[0-7_]+|0b[01_]+"
                            + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([t ].*)?");

    QuotingRepresenter(DumpSettings settings) {
        super(settings);
        var plain = Objects.requireNonNull(representers.get(String.class));
        representers.put(
                String.class,
                text ->
                        AMBIGUOUS.matcher((String) text).matches()
                                ? representScalar(Tag.STR, (String) text, ScalarStyle.DOUBLE_QUOTED)
                                : plain.representData(text));
    }
}
