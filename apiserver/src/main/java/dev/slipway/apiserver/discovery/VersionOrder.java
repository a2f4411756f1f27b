package dev.slipway.apiserver.discovery;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The order of preference among versions: stable before beta before alpha, then the higher number; others last.
final class VersionOrder implements Comparator<String> {
    static final VersionOrder INSTANCE = new VersionOrder();

    private static final Pattern VERSION =
            Pattern.compile("v(?<major>[0-9]{1,9})((?<stage>alpha|beta)(?<minor>[0-9]{1,9}))?");

    private VersionOrder() {}

    @Override
    public int compare(String one, String other) {
        var left = VERSION.matcher(one);
        var right = VERSION.matcher(other);
        if (!left.matches() || !right.matches()) {
            return left.matches() ? -1 : right.matches() ? 1 : one.compareTo(other);
        }
        var stage = Integer.compare(stage(left), stage(right));
        var major = Integer.compare(number(right, "major"), number(left, "major"));
        var minor = Integer.compare(number(right, "minor"), number(left, "minor"));
        return stage != 0 ? stage : major != 0 ? major : minor;
    }

    private static int stage(Matcher version) {
        var stage = version.group("stage");
        return stage == null ? 0 : stage.equals("beta") ? 1 : 2;
    }

    private static int number(Matcher version, String group) {
        var text = version.group(group);
        return text == null ? 0 : Integer.parseInt(text);
    }
}
