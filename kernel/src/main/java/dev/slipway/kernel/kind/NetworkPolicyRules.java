package dev.slipway.kernel.kind;

import dev.slipway.kernel.model.Json;
import java.util.Map;

/// The rules of who may talk with whom, where several fields belong together.
final class NetworkPolicyRules {
    private NetworkPolicyRules() {}

    static void peer(Map<String, Object> peer, String path, Findings findings) {
        var block = peer.get("ipBlock") != null;
        var selects = peer.get("podSelector") != null || peer.get("namespaceSelector") != null;
        if (!block && !selects) {
            findings.required(path, "must specify a peer");
        } else if (block && selects) {
            findings.forbidden(path, "may not specify both ipBlock and another peer");
        }
        if (block) {
            exceptions(Json.object(peer, "ipBlock"), path + ".ipBlock.except", findings);
        }
    }

    private static void exceptions(Map<String, Object> block, String path, Findings findings) {
        var range = Json.string(block, "cidr");
        var except = Json.list(block, "except");
        for (int i = 0; i < except.size(); i++) {
            if (except.get(i) instanceof String one
                    && Addresses.isRange(one)
                    && Addresses.isRange(range)
                    && !AddressRules.isInside(one, range)) {
                findings.invalid(path + "[" + i + "]", one, "must be a strict subset of `cidr`");
            }
        }
    }

    static void range(Map<String, Object> port, String path, Findings findings) {
        if (!(port.get("endPort") instanceof Long last)) {
            return;
        }
        switch (port.get("port")) {
            case null ->
                    findings.invalid(
                            path + ".endPort",
                            last,
                            "may not be specified when `port` is not specified");
            case Long first when last < first ->
                    findings.invalid(
                            path + ".endPort", last, "must be greater than or equal to `port`");
            case String _ ->
                    findings.invalid(
                            path + ".endPort",
                            last,
                            "may not be specified when `port` is non-numeric");
            default -> {}
        }
    }
}
