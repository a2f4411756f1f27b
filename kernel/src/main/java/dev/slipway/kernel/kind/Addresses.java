package dev.slipway.kernel.kind;

import java.util.regex.Pattern;

/// Whether texts are addresses of the internet or ranges of them; no name is looked up.
final class Addresses {
    private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern FOUR = Pattern.compile(BYTE + "(\\." + BYTE + "){3}");
    private static final Pattern GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
    private static final int GROUPS = 8;

    private Addresses() {}

    static boolean isAddress(String text) {
        return isFour(text) || isSix(text);
    }

    static boolean isRange(String text) {
        var slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("0|[1-9][0-9]{0,2}")) {
            return false;
        }
        var address = text.substring(0, slash);
        var bits = Integer.parseInt(text.substring(slash + 1));
        return (isFour(address) && bits <= 32) || (isSix(address) && bits <= 128);
    }

    private static boolean isFour(String text) {
        return FOUR.matcher(text).matches();
    }

    /// Eight groups, or fewer around one gap; the last two may be written as four bytes.
    private static boolean isSix(String text) {
        var gap = text.indexOf("::");
        if (gap < 0) {
            return groups(text) == GROUPS;
        }
        var before = groups(text.substring(0, gap));
        var after = groups(text.substring(gap + 2));
        return before >= 0 && after >= 0 && before + after < GROUPS;
    }

    /// How many groups; -1 where one is none.
    private static int groups(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        var count = 0;
        var parts = text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            var four = i == parts.length - 1 && isFour(parts[i]);
            if (!four && !GROUP.matcher(parts[i]).matches()) {
                return -1;
            }
            count += four ? 2 : 1;
        }
        return count;
    }
}
