package dev.slipway.expression;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What values an expression gives, a variable holds, or a field accepts.
///
/// Callers derive types from OpenAPI schemas; the checker derives them from expressions. Types are values: two structs
/// with equal names and fields are one type.
public sealed interface Type {
    Type BOOL = new Bool();
    Type INT = new Int();
    Type UINT = new Uint();
    Type DOUBLE = new Real();
    Type TEXT = new Text();
    Type BYTES = new Bytes();
    Type TIMESTAMP = new Timestamp();
    Type DURATION = new Duration();
    Type INT_OR_STRING = new IntOrString();
    Type DYNAMIC = new Dynamic();
    Type NULL = new NullType();

    /// Text that names this type in messages, as CEL writes it: `list(string)`.
    String description();

    /// True or false.
    record Bool() implements Type {
        @Override
        public String description() {
            return "bool";
        }
    }

    /// A whole number of 64 bits.
    record Int() implements Type {
        @Override
        public String description() {
            return "int";
        }
    }

    /// A whole number of 64 bits without sign; only expressions make it, no schema does.
    record Uint() implements Type {
        @Override
        public String description() {
            return "uint";
        }
    }

    /// A number that may have a fraction.
    record Real() implements Type {
        @Override
        public String description() {
            return "double";
        }
    }

    /// A string.
    record Text() implements Type {
        @Override
        public String description() {
            return "string";
        }
    }

    /// Raw bytes, base64 text in the tree (OpenAPI format `byte`).
    record Bytes() implements Type {
        @Override
        public String description() {
            return "bytes";
        }
    }

    /// A moment, RFC 3339 text in the tree (OpenAPI formats `date-time` and `date`).
    record Timestamp() implements Type {
        @Override
        public String description() {
            return "timestamp";
        }
    }

    /// A span of time, text such as `1h30m` in the tree (OpenAPI format `duration`).
    record Duration() implements Type {
        @Override
        public String description() {
            return "duration";
        }
    }

    /// A whole number or a string, as `x-kubernetes-int-or-string` says; anything goes inside an expression.
    record IntOrString() implements Type {
        @Override
        public String description() {
            return "int-or-string";
        }
    }

    /// Anything: known only when evaluated.
    record Dynamic() implements Type {
        @Override
        public String description() {
            return "dyn";
        }
    }

    /// The type of `null`.
    record NullType() implements Type {
        @Override
        public String description() {
            return "null";
        }
    }

    /// A list of elements of one type.
    ///
    /// @param keys where the order of the elements says nothing, the fields that tell them apart; without names, whole
    ///     elements are told apart
    record ListOf(Type element, Optional<List<String>> keys) implements Type {
        public ListOf {
            keys = keys.map(List::copyOf);
        }

        /// A list whose order counts.
        public ListOf(Type element) {
            this(element, Optional.empty());
        }

        @Override
        public String description() {
            return "list(" + element.description() + ")";
        }
    }

    /// A map from keys of one type, nearly always text, to values of one type.
    record MapOf(Type key, Type value) implements Type {
        /// A map with text keys.
        public MapOf(Type value) {
            this(TEXT, value);
        }

        @Override
        public String description() {
            return "map(" + key.description() + ", " + value.description() + ")";
        }
    }

    /// A value that may be absent.
    record OptionalOf(Type value) implements Type {
        @Override
        public String description() {
            return "optional(" + value.description() + ")";
        }
    }

    /// An object with known fields; when `open`, it may have others, and their types are [Dynamic].
    ///
    /// @param name what messages call it, for instance `Deployment.spec`; need not be unique
    record Struct(String name, Map<String, Type> fields, boolean open) implements Type {
        public Struct {
            fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        /// A struct with no other fields than these.
        public Struct(String name, Map<String, Type> fields) {
            this(name, fields, false);
        }

        @Override
        public String description() {
            return name.isEmpty() ? "object" : name;
        }
    }

    /// A value that only functions understand, such as a quantity or a URL.
    record Opaque(String name) implements Type {
        @Override
        public String description() {
            return name;
        }
    }
}
