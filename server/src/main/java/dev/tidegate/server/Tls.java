package dev.tidegate.server;

import dev.tidegate.server.tls.KeyMaterial;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.net.ssl.SSLContext;

/**
 * Whether and with which certificate a server encrypts. Immutable.
 *
 * <p>With a certificate, the client decides ([MS-TDS] 2.2.6.5): everything, the login only, or nothing is encrypted; and TLS may come
 * first as in TDS 8.0. {@link #required()} refuses clients that would send anything in the clear.
 */
public final class Tls {
    private static final Tls NONE = new Tls(Source.NONE, null, null, false);

    private enum Source {
        NONE,
        SELF_SIGNED,
        FILES
    }

    private final Source source;
    private final Path certificate;
    private final Path privateKey;
    private final boolean required;

    private Tls(Source source, Path certificate, Path privateKey, boolean required) {
        this.source = source;
        this.certificate = certificate;
        this.privateKey = privateKey;
        this.required = required;
    }

    /** No encryption; clients that insist on it are told that the server cannot. */
    public static Tls none() {
        return NONE;
    }

    /** A new key and a certificate for localhost, 127.0.0.1 and the server's host, made at each start and valid for a year. */
    public static Tls selfSigned() {
        return new Tls(Source.SELF_SIGNED, null, null, false);
    }

    /**
     * A certificate from files, read at start.
     *
     * @param certificate PEM, the server's certificate first, then the rest of its chain
     * @param privateKey PEM, unencrypted PKCS #8 ({@code BEGIN PRIVATE KEY}), RSA or EC
     */
    public static Tls certificate(Path certificate, Path privateKey) {
        Objects.requireNonNull(certificate, "certificate");
        Objects.requireNonNull(privateKey, "privateKey");
        return new Tls(Source.FILES, certificate, privateKey, false);
    }

    /** As this one, but a client that does not encrypt everything is refused. */
    public Tls required() {
        if (source == Source.NONE) {
            throw new IllegalStateException("encryption cannot be required without a certificate");
        }
        return new Tls(source, certificate, privateKey, true);
    }

    boolean isRequired() {
        return required;
    }

    /** @return null if there is no encryption */
    SSLContext context(String host) throws IOException, GeneralSecurityException {
        return switch (source) {
            case NONE -> null;
            case SELF_SIGNED -> KeyMaterial.selfSigned(host).context();
            case FILES -> KeyMaterial.fromPem(certificate, privateKey).context();
        };
    }
}
