package dev.slipway.graph.compile;

import dev.slipway.graph.findings.Findings;
import dev.slipway.kernel.model.FieldCause;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// What becomes of a resource that is there before its instance, and after it.
public record Policy(Adoption adoption, Deletion deletion) {
    /// What the author of a definition who says nothing gets.
    public static final Policy DEFAULT = new Policy(Adoption.REFUSE, Deletion.DELETE);

    /// What is done on meeting a resource that the instance did not make.
    public enum Adoption {
        /// It is left as it is, and told.
        REFUSE("Refuse"),
        /// It is taken over where it belongs to nobody.
        IF_UNOWNED("IfUnowned"),
        /// It is taken over, from another instance too.
        FORCE("Force");

        private final String word;

        Adoption(String word) {
            this.word = word;
        }
    }

    /// What is done when the instance, or the node, goes.
    public enum Deletion {
        /// The resource is deleted.
        DELETE("Delete"),
        /// It stays and belongs to nobody.
        ORPHAN("Orphan"),
        /// It stays with its labels, so that an instance of the same name takes it up again.
        RETAIN("Retain"),
        /// It stays without the fields that the instance gave it: it never was the instance's. Nobody writes this word in
        /// a definition; it is what becomes of a patch.
        WITHDRAW("Withdraw");

        private final String word;

        Deletion(String word) {
            this.word = word;
        }

        /// As it is written in definitions and inventories.
        public String word() {
            return word;
        }

        /// What a word means; empty where it means nothing.
        public static Optional<Deletion> of(String word) {
            return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
        }
    }

    /// Whether the resource is one of others, to which the instance gives some fields.
    public boolean contributes() {
        return deletion == Deletion.WITHDRAW;
    }

    /// Reads `adoption` and `deletion` of a node.
    static Policy of(NodeSource node, Findings findings) {
        var adoption = node.written().getOrDefault("adoption", Adoption.REFUSE.word);
        var deletion = node.written().getOrDefault("deletion", Deletion.DELETE.word);
        var adopts =
                Arrays.stream(Adoption.values())
                        .filter(one -> one.word.equals(adoption))
                        .findFirst();
        var deletes = Deletion.of(String.valueOf(deletion)).filter(Policy::isWritten);
        if (adopts.isEmpty()) {
            findings.error(
                    FieldCause.notSupported(
                            node.path() + ".adoption",
                            adoption,
                            Arrays.stream(Adoption.values()).map(one -> one.word).toList()));
        }
        if (deletes.isEmpty()) {
            findings.error(
                    FieldCause.notSupported(
                            node.path() + ".deletion",
                            deletion,
                            Arrays.stream(Deletion.values())
                                    .filter(Policy::isWritten)
                                    .map(one -> one.word)
                                    .toList()));
        }
        if (node.isPatch()) {
            return patch(node, adopts.orElse(Adoption.REFUSE), findings);
        }
        return new Policy(adopts.orElse(Adoption.REFUSE), deletes.orElse(Deletion.DELETE));
    }

    private static boolean isWritten(Deletion deletion) {
        return deletion != Deletion.WITHDRAW;
    }

    /// The fields of a patch are taken back; whether they are taken from others is what adoption says.
    private static Policy patch(NodeSource node, Adoption adoption, Findings findings) {
        if (node.written().containsKey("deletion")) {
            findings.error(
                    FieldCause.forbidden(
                            node.path() + ".deletion",
                            "the resource is of others, and never deleted; its fields are taken back"));
        }
        if (adoption == Adoption.IF_UNOWNED) {
            findings.error(
                    FieldCause.notSupported(
                            node.path() + ".adoption",
                            adoption.word,
                            List.of(Adoption.REFUSE.word, Adoption.FORCE.word)));
        }
        return new Policy(adoption, Deletion.WITHDRAW);
    }
}
