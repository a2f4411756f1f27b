package dev.slipway.kernel.kind;

/// The forms that names have. Found out letter by letter, since every write asks several times; the patterns say the
/// same to people.
enum Form {
    /// An RFC 1123 label.
    LABEL("[a-z0-9]([-a-z0-9]*[a-z0-9])?") {
        @Override
        boolean fits(String text) {
            return isLabel(text, 0, text.length());
        }
    },

    /// Labels with dots between them.
    SUBDOMAIN(LABEL.pattern + "(\\." + LABEL.pattern + ")*") {
        @Override
        boolean fits(String text) {
            var from = 0;
            for (var dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
                if (!isLabel(text, from, dot)) {
                    return false;
                }
                from = dot + 1;
            }
            return isLabel(text, from, text.length());
        }
    },

    /// What follows the prefix in the key of a label.
    NAME("([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]") {
        @Override
        boolean fits(String text) {
            return !text.isEmpty() && VALUE.fits(text);
        }
    },

    /// The value of a label.
    VALUE("(" + NAME.pattern + ")?") {
        @Override
        boolean fits(String text) {
            return text.isEmpty()
                    || (isAlphanumeric(text.charAt(0))
                            && isAlphanumeric(text.charAt(text.length() - 1))
                            && isOf(text, "-_."));
        }
    },

    /// A label that begins with a letter.
    DNS_1035("[a-z]([-a-z0-9]*[a-z0-9])?") {
        @Override
        boolean fits(String text) {
            return LABEL.fits(text) && !isDigit(text.charAt(0));
        }
    },

    /// A key of a config map or a secret.
    DATA_KEY("[-._a-zA-Z0-9]+") {
        @Override
        boolean fits(String text) {
            return !text.isEmpty() && isOf(text, "-._");
        }
    };

    private final String pattern;

    Form(String pattern) {
        this.pattern = pattern;
    }

    /// The whole text.
    abstract boolean fits(String text);

    /// As messages quote it.
    String pattern() {
        return pattern;
    }

    private static boolean isLabel(String text, int from, int to) {
        if (from == to || text.charAt(from) == '-' || text.charAt(to - 1) == '-') {
            return false;
        }
        for (int i = from; i < to; i++) {
            var letter = text.charAt(i);
            if (!isLower(letter) && !isDigit(letter) && letter != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isOf(String text, String others) {
        for (int i = 0; i < text.length(); i++) {
            if (!isAlphanumeric(text.charAt(i)) && others.indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAlphanumeric(char letter) {
        return isLower(letter) || isDigit(letter) || (letter >= 'A' && letter <= 'Z');
    }

    private static boolean isLower(char letter) {
        return letter >= 'a' && letter <= 'z';
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }
}
