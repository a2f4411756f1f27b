package dev.slipway.catalog;

import dev.slipway.kernel.admission.Admission;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.admission.Verdict;
import dev.slipway.kernel.model.FieldCause;
import dev.slipway.kernel.model.Json;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.model.Problem;
import dev.slipway.kernel.model.Problem.Reason;
import dev.slipway.kernel.model.Problem.Subject;
import dev.slipway.kernel.model.Resource;
import dev.slipway.kernel.model.ResourceKey;
import dev.slipway.kernel.relations.RelationsView;
import dev.slipway.kernel.store.Operation;
import dev.slipway.kernel.store.Precondition;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What Backstage asks of an entity beyond its schema: names, tags, links and references, all at once, each with its
/// field.
final class EntityRules implements Admitter {
    private static final int MAX_WORD = 63;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([-_.A-Za-z0-9]*[A-Za-z0-9])?");
    private static final Pattern TAG = Pattern.compile("[a-z0-9:+#]+(-[a-z0-9:+#]+)*");
    private static final Pattern ADDRESS =
            Pattern.compile("\\s*([A-Za-z][-+.A-Za-z0-9]*):.+", Pattern.DOTALL);
    private static final Set<String> SCRIPTS = Set.of("javascript", "vbscript", "data");

    private static final String NAME_FORM =
            "must be at most 63 letters, digits, '-', '_' and '.', with a letter or a digit at both ends";
    private static final String PREFIX_FORM = "the part before '/' must be in lower case";
    private static final String TAG_FORM =
            "must be at most 63 of [a-z0-9:+#] in words separated by single '-'";
    private static final String LINK_FORM = "must be an absolute address: https://example.com";

    private final EntityKinds kinds;
    private final RelationsView relations;

    EntityRules(EntityKinds kinds, RelationsView relations) {
        this.kinds = kinds;
        this.relations = relations;
    }

    @Override
    public boolean concerns(KindKey kind) {
        return kinds.of(kind).isPresent();
    }

    @Override
    public Verdict admit(Admission admission) {
        if (admission.operation() == Operation.DELETE || !admission.subresource().isEmpty()) {
            return Verdict.admitted(admission.object());
        }
        var entity = admission.object();
        var causes = check(entity);
        if (!causes.isEmpty()) {
            return new Verdict.Invalid(causes, List.of());
        }
        var named = admission.operation() == Operation.CREATE && !entity.name().isEmpty();
        return named ? unique(entity, key(admission)) : admitted(entity, List.of());
    }

    private static Verdict admitted(Resource entity, List<Precondition> reliesOn) {
        return new Verdict.Admitted(entity, scripts(entity), reliesOn);
    }

    /// All that is wrong with an entity beyond its schema.
    List<FieldCause> check(Resource entity) {
        var causes = new ArrayList<FieldCause>();
        name(entity, causes);
        prefixes(entity.labels(), "metadata.labels", causes);
        prefixes(entity.annotations(), "metadata.annotations", causes);
        tags(entity, causes);
        links(entity, causes);
        references(entity, causes);
        return causes;
    }

    // ---- names

    /// Names that differ by case only would be one entity to every reference.
    private Verdict unique(Resource entity, ResourceKey key) {
        var twin = relations.twin(key);
        if (twin.isPresent()) {
            return new Verdict.Refused(taken(key, twin.get()));
        }
        var folded = key.kind().resource(key.namespace(), key.name().toLowerCase(Locale.ROOT));
        var reliesOn =
                folded.equals(key) ? List.<Precondition>of() : List.of(Precondition.absent(folded));
        return admitted(entity, reliesOn);
    }

    private static Problem taken(ResourceKey key, ResourceKey twin) {
        var subject = new Subject(key.group(), key.plural(), key.name());
        return new Problem(
                Reason.ALREADY_EXISTS,
                "%s already exists as \"%s\": references do not tell names apart by case"
                        .formatted(subject, twin.name()),
                Optional.of(subject),
                List.of(),
                Optional.empty());
    }

    private static ResourceKey key(Admission admission) {
        return admission
                .served()
                .kind()
                .key()
                .resource(admission.object().namespace(), admission.object().name());
    }

    private static void name(Resource entity, List<FieldCause> causes) {
        var name = entity.name();
        if (name.isEmpty()) {
            return; // what every kind is told
        }
        if (name.length() > MAX_WORD || !NAME.matcher(name).matches()) {
            causes.add(FieldCause.invalid("metadata.name", name, NAME_FORM));
        }
    }

    private static void prefixes(
            Map<String, Object> entries, String field, List<FieldCause> causes) {
        for (var key : entries.keySet()) {
            var prefix = key.substring(0, Math.max(0, key.indexOf('/')));
            if (!prefix.equals(prefix.toLowerCase(Locale.ROOT))) {
                causes.add(FieldCause.invalid(field, key, PREFIX_FORM));
            }
        }
    }

    // ---- tags and links

    private static void tags(Resource entity, List<FieldCause> causes) {
        var tags = Json.list(entity.metadata(), "tags");
        for (int i = 0; i < tags.size(); i++) {
            if (tags.get(i) instanceof String tag
                    && (tag.length() > MAX_WORD || !TAG.matcher(tag).matches())) {
                causes.add(FieldCause.invalid("metadata.tags[" + i + "]", tag, TAG_FORM));
            }
        }
    }

    private static void links(Resource entity, List<FieldCause> causes) {
        addresses(entity)
                .forEach((field, url) -> {
                    if (scheme(url).isEmpty()) {
                        causes.add(FieldCause.invalid(field, url, LINK_FORM));
                    }
                });
    }

    /// Links that run scripts are kept, as Backstage keeps them, and never shown as links.
    private static List<String> scripts(Resource entity) {
        var warnings = new ArrayList<String>();
        addresses(entity)
                .forEach((field, url) -> {
                    if (scheme(url).filter(SCRIPTS::contains).isPresent()) {
                        warnings.add(field + ": runs a script; it is not shown as a link");
                    }
                });
        return warnings;
    }

    /// The addresses of all links by their fields.
    private static Map<String, String> addresses(Resource entity) {
        Map<String, String> addresses = new LinkedHashMap<>();
        var links = Json.list(entity.metadata(), "links");
        for (int i = 0; i < links.size(); i++) {
            if (links.get(i) instanceof Map<?, ?> link && link.get("url") instanceof String url) {
                addresses.put("metadata.links[" + i + "].url", url);
            }
        }
        return addresses;
    }

    private static Optional<String> scheme(String url) {
        var matcher = ADDRESS.matcher(url);
        return matcher.matches()
                ? Optional.of(matcher.group(1).toLowerCase(Locale.ROOT))
                : Optional.empty();
    }

    // ---- references

    private void references(Resource entity, List<FieldCause> causes) {
        for (var written :
                kinds.named(entity.kind()).map(kind -> kind.written(entity)).orElse(List.of())) {
            if (!written.text().isEmpty()
                    && EntityRelations.parse(written, entity.namespace()).isEmpty()) {
                causes.add(
                        FieldCause.invalid(
                                written.path(), written.text(), form(written.field().kind())));
            }
        }
    }

    private static String form(String kind) {
        return kind.isEmpty()
                ? "must be a reference that names a kind: component:NAME or resource:NAMESPACE/NAME"
                : "must be a reference: NAME, NAMESPACE/NAME or KIND:NAMESPACE/NAME";
    }
}
