package dev.slipway.kernel.schema;

import org.jspecify.annotations.Nullable;

/// Where a value stands in an object, as the way from its parent: becomes text only when somebody has to be told.
///
/// @param parent null for where a check begins
/// @param name of the field, or where a check begins the whole path
/// @param index of an item of a list, else [#FIELD]
record Place(@Nullable Place parent, String name, int index) {
    private static final int FIELD = -1;

    /// Where a check begins; the path of a whole object is empty.
    static Place root(String path) {
        return new Place(null, path, FIELD);
    }

    Place field(String name) {
        return new Place(this, name, FIELD);
    }

    Place item(int index) {
        return new Place(this, "", index);
    }

    /// `spec.ports[1].name`
    @Override
    public String toString() {
        if (parent == null) {
            return name;
        }
        var above = parent.toString();
        if (index != FIELD) {
            return above + "[" + index + "]";
        }
        return above.isEmpty() ? name : above + "." + name;
    }
}
