package dev.slipway.expression.library;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/// A form that texts may have, by its name in validation rules. Problems are in Kubernetes' words.
enum NamedFormat implements Extent.OfPattern {
    DNS1123_LABEL("dns1123Label", 30) {
        @Override
        List<String> problems(String text) {
            return form(text, LABEL, LABEL_TEXT, 63, "characters");
        }
    },
    DNS1123_SUBDOMAIN("dns1123Subdomain", 60) {
        @Override
        List<String> problems(String text) {
            return form(text, SUBDOMAIN, SUBDOMAIN_TEXT, 253, "characters");
        }
    },
    DNS1035_LABEL("dns1035Label", 30) {
        @Override
        List<String> problems(String text) {
            return form(text, OLD_LABEL, OLD_LABEL_TEXT, 63, "characters");
        }
    },
    QUALIFIED_NAME("qualifiedName", 60) {
        @Override
        List<String> problems(String text) {
            return qualified(text);
        }
    },
    DNS1123_LABEL_PREFIX("dns1123LabelPrefix", 30) {
        @Override
        List<String> problems(String text) {
            return DNS1123_LABEL.problems(completed(text));
        }
    },
    DNS1123_SUBDOMAIN_PREFIX("dns1123SubdomainPrefix", 60) {
        @Override
        List<String> problems(String text) {
            return DNS1123_SUBDOMAIN.problems(completed(text));
        }
    },
    DNS1035_LABEL_PREFIX("dns1035LabelPrefix", 30) {
        @Override
        List<String> problems(String text) {
            return DNS1035_LABEL.problems(completed(text));
        }
    },
    LABEL_VALUE("labelValue", 40) {
        @Override
        List<String> problems(String text) {
            return form(text, VALUE, VALUE_TEXT, 63, "bytes");
        }
    },
    URI("uri", 1103) {
        @Override
        List<String> problems(String text) {
            return Url.parse(text).isPresent() ? List.of() : List.of(notAUri(text));
        }
    },
    UUID("uuid", 70) {
        @Override
        List<String> problems(String text) {
            return UUIDS.matcher(text).matches()
                    ? List.of()
                    : List.of("does not match the UUID format");
        }
    },
    BYTE("byte", 84) {
        @Override
        List<String> problems(String text) {
            return isBase64(text) ? List.of() : List.of("invalid base64");
        }
    },
    DATE("date", 71) {
        @Override
        List<String> problems(String text) {
            return parses(() -> LocalDate.parse(text)) ? List.of() : List.of("invalid date");
        }
    },
    DATETIME("datetime", 71) {
        @Override
        List<String> problems(String text) {
            return parses(() -> OffsetDateTime.parse(text))
                    ? List.of()
                    : List.of("invalid datetime");
        }
    };

    private static final String LABEL_FORM = "[a-z0-9]([-a-z0-9]*[a-z0-9])?";
    private static final String SUBDOMAIN_FORM = LABEL_FORM + "(\\." + LABEL_FORM + ")*";
    private static final String OLD_LABEL_FORM = "[a-z]([-a-z0-9]*[a-z0-9])?";
    private static final String NAME_FORM = "([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]";
    private static final String VALUE_FORM = "(" + NAME_FORM + ")?";

    private static final Pattern LABEL = Pattern.compile(LABEL_FORM);
    private static final Pattern SUBDOMAIN = Pattern.compile(SUBDOMAIN_FORM);
    private static final Pattern OLD_LABEL = Pattern.compile(OLD_LABEL_FORM);
    private static final Pattern NAME = Pattern.compile(NAME_FORM);
    private static final Pattern VALUE = Pattern.compile(VALUE_FORM);
    private static final Pattern UUIDS =
            Pattern.compile("(?i)[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}");

    private static final String CHECKED_BY = ", regex used for validation is '";
    private static final String LABEL_TEXT =
            "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and"
                    + " end with an alphanumeric character (e.g. 'my-name',  or '123-abc'"
                    + CHECKED_BY
                    + LABEL_FORM
                    + "')";
    private static final String SUBDOMAIN_TEXT =
            "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must"
                    + " start and end with an alphanumeric character (e.g. 'example.com'"
                    + CHECKED_BY
                    + SUBDOMAIN_FORM
                    + "')";
    private static final String OLD_LABEL_TEXT =
            "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic"
                    + " character, and end with an alphanumeric character (e.g. 'my-name',  or 'abc-123'"
                    + CHECKED_BY
                    + OLD_LABEL_FORM
                    + "')";
    private static final String NAME_TEXT =
            " must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric"
                    + " character (e.g. 'MyName',  or 'my.name',  or '123-abc'"
                    + CHECKED_BY
                    + NAME_FORM
                    + "')";
    private static final String VALUE_TEXT =
            "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must"
                    + " start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345'"
                    + CHECKED_BY
                    + VALUE_FORM
                    + "')";

    private final String inRules;
    private final long patternLength;

    NamedFormat(String inRules, long patternLength) {
        this.inRules = inRules;
        this.patternLength = patternLength;
    }

    @Override
    public long patternLength() {
        return patternLength;
    }

    /// As rules write it: `dns1123Label`.
    String inRules() {
        return inRules;
    }

    static Optional<NamedFormat> named(String name) {
        return Arrays.stream(values()).filter(one -> one.inRules.equals(name)).findFirst();
    }

    /// What is wrong with a text; empty where it has the form.
    abstract List<String> problems(String text);

    private static List<String> form(
            String text, Pattern form, String problem, int most, String unit) {
        List<String> problems = new ArrayList<>();
        if (text.length() > most) {
            problems.add("must be no more than %d %s".formatted(most, unit));
        }
        if (!form.matcher(text).matches()) {
            problems.add(problem);
        }
        return problems;
    }

    private static List<String> qualified(String text) {
        int slash = text.indexOf('/');
        String name = text.substring(slash + 1);
        if (name.contains("/")) {
            return List.of(
                    "a valid label key"
                            + NAME_TEXT
                            + " with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')");
        }
        List<String> problems = new ArrayList<>();
        if (slash == 0) {
            problems.add("prefix part must be non-empty");
        } else if (slash > 0) {
            DNS1123_SUBDOMAIN
                    .problems(text.substring(0, slash))
                    .forEach(problem -> problems.add("prefix part " + problem));
        }
        if (name.isEmpty()) {
            problems.add("name part must be non-empty");
        } else if (name.length() > 63) {
            problems.add("name part must be no more than 63 bytes");
        }
        if (!NAME.matcher(name).matches()) {
            problems.add("name part" + NAME_TEXT);
        }
        return problems;
    }

    /// A prefix may end as no name does.
    private static String completed(String prefix) {
        return prefix.endsWith("-") ? prefix.substring(0, prefix.length() - 1) + "a" : prefix;
    }

    private static String notAUri(String text) {
        boolean open = text.contains("[") && !text.contains("]");
        return "parse \"%s\": %s"
                .formatted(text, open ? "missing ']' in host" : "invalid URI for request");
    }

    private static boolean isBase64(String text) {
        return !text.isEmpty()
                && text.length() % 4 == 0
                && parses(() -> Base64.getDecoder().decode(text));
    }

    private static boolean parses(Supplier<Object> parser) {
        try {
            return parser.get() != null;
        } catch (DateTimeParseException | IllegalArgumentException e) {
            return false;
        }
    }
}
