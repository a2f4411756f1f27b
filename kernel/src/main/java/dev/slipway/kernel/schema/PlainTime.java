package dev.slipway.kernel.schema;

/// The one form of a time in which the server itself writes them, `2026-01-31T23:59:59Z`: told without a parser, because
/// every object that is written carries a few.
final class PlainTime {
    private static final String FORM = "0000-00-00T00:00:00Z";

    /// Every month has so many days; those after it are left to a parser.
    private static final int DAYS = 28;

    private PlainTime() {}

    /// Whether a text surely is such a time. One that is not may be another time.
    static boolean is(String text) {
        return hasForm(text)
                && isWithin(text, 5, 1, 12)
                && isWithin(text, 8, 1, DAYS)
                && isWithin(text, 11, 0, 23)
                && isWithin(text, 14, 0, 59)
                && isWithin(text, 17, 0, 59);
    }

    private static boolean hasForm(String text) {
        if (text.length() != FORM.length()) {
            return false;
        }
        for (int i = 0; i < FORM.length(); i++) {
            var letter = text.charAt(i);
            var wanted = FORM.charAt(i);
            if (wanted == '0' ? letter < '0' || letter > '9' : letter != wanted) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWithin(String text, int place, int least, int most) {
        var number = (text.charAt(place) - '0') * 10 + text.charAt(place + 1) - '0';
        return least <= number && number <= most;
    }
}
