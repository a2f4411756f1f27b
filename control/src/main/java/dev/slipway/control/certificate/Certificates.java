package dev.slipway.control.certificate;

import dev.slipway.control.Controller;
import dev.slipway.control.Feature;
import dev.slipway.kernel.access.Rbac;
import dev.slipway.kernel.admission.Admitter;
import dev.slipway.kernel.model.KindKey;
import dev.slipway.kernel.resources.Resources;
import java.time.Clock;
import java.util.List;

/// The feature that decides who gets a certificate: somebody asks, somebody who may approves, and the authority of this
/// installation signs for clients of its API. What other signers sign is only kept.
public final class Certificates implements Feature {
    static final KindKey REQUESTS = KindKey.of("certificates.k8s.io", "certificatesigningrequests");

    /// Whose certificates clients show to this API.
    static final String OWN_SIGNER = "kubernetes.io/kube-apiserver-client";

    private final Rbac rbac;
    private final CertificateSigner signer;
    private final Clock clock;

    /// @param clock for the times in conditions
    public Certificates(Rbac rbac, CertificateSigner signer, Clock clock) {
        this.rbac = rbac;
        this.signer = signer;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "certificates";
    }

    @Override
    public List<Admitter> admitters() {
        return List.of(new RequestAdmitter(rbac, clock));
    }

    @Override
    public List<Controller> controllers(Resources resources) {
        return List.of(new RequestController(resources, signer, clock));
    }
}
