/// Certificates for who asks for one and is approved. Read [dev.slipway.control.certificate.Certificates] first.
@NullMarked
package dev.slipway.control.certificate;

import org.jspecify.annotations.NullMarked;
