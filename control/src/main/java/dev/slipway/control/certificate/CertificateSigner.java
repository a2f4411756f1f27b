package dev.slipway.control.certificate;

import dev.slipway.kernel.access.CertificateRequest;
import java.time.Duration;

/// Signs certificates by which clients are known to this API.
@FunctionalInterface
public interface CertificateSigner {
    /// The certificate as text, in PEM.
    String sign(CertificateRequest request, Duration lifetime);
}
