package dev.tidegate.server.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A private key with its certificate chain. Immutable; never shows the key. */
public final class KeyMaterial {
    private static final String KEY_BEGIN = "-----BEGIN PRIVATE KEY-----";
    private static final String KEY_END = "-----END PRIVATE KEY-----";
    /** So do encrypted keys begin, in PKCS #8 and in OpenSSL's own older form. */
    private static final Pattern ENCRYPTED =
            Pattern.compile("BEGIN ENCRYPTED PRIVATE KEY|Proc-Type: 4,ENCRYPTED");

    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");

    private final PrivateKey key;
    private final Certificate[] chain;

    private KeyMaterial(PrivateKey key, Certificate[] chain) {
        this.key = key;
        this.chain = chain;
    }

    /** A new key and its own certificate for localhost, 127.0.0.1 and {@code host}. */
    public static KeyMaterial selfSigned(String host) throws GeneralSecurityException {
        SelfSignedCertificate made = SelfSignedCertificate.create(host, Instant.now());
        return new KeyMaterial(made.keys().getPrivate(), new Certificate[] {made.certificate()});
    }

    /**
     * Reads PEM files: a chain of certificates, the server's own first, and an unencrypted PKCS #8 key.
     *
     * @throws IOException if a file cannot be read
     * @throws GeneralSecurityException if a file holds something else; the message names it
     */
    public static KeyMaterial fromPem(Path certificate, Path privateKey) throws IOException, GeneralSecurityException {
        PrivateKey key = readKey(privateKey);
        Certificate[] chain = readChain(certificate);
        if (!belongTogether(key, chain[0].getPublicKey())) {
            throw new GeneralSecurityException(
                    "the key in " + privateKey + " is not that of the first certificate in " + certificate);
        }
        return new KeyMaterial(key, chain);
    }

    /** Else the first client would be the one to find out, with an error that says nothing. */
    private static boolean belongTogether(PrivateKey key, PublicKey shown) throws GeneralSecurityException {
        Signature signature =
                switch (key.getAlgorithm()) {
                    case "RSA" -> Signature.getInstance("SHA256withRSA");
                    case "EC" -> Signature.getInstance("SHA256withECDSA");
                    default -> Signature.getInstance(key.getAlgorithm());
                };
        byte[] sample = {1, 2, 3};
        signature.initSign(key);
        signature.update(sample);
        byte[] signed = signature.sign();
        try {
            signature.initVerify(shown);
            signature.update(sample);
            return signature.verify(signed);
        } catch (InvalidKeyException | SignatureException e) {
            // A key of another kind, or of another length.
            return false;
        }
    }

    /** A TLS context that presents this certificate. */
    public SSLContext context() throws GeneralSecurityException, IOException {
        char[] noPassword = new char[0];
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, noPassword);
        store.setKeyEntry("server", key, noPassword, chain);
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, noPassword);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static Certificate[] readChain(Path file) throws IOException, GeneralSecurityException {
        byte[] bytes = Files.readAllBytes(file);
        Collection<? extends Certificate> found;
        try {
            found = CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bytes));
        } catch (GeneralSecurityException e) {
            throw new GeneralSecurityException(file + " does not hold PEM certificates: " + e.getMessage(), e);
        }
        if (found.isEmpty()) {
            throw new GeneralSecurityException(file + " holds no certificate");
        }
        return found.toArray(Certificate[]::new);
    }

    private static PrivateKey readKey(Path file) throws IOException, GeneralSecurityException {
        String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        int begin = text.indexOf(KEY_BEGIN);
        int end = text.indexOf(KEY_END);
        if (ENCRYPTED.matcher(text).find()) {
            throw new GeneralSecurityException(
                    file + " holds an encrypted key, which is not read; decrypt it with: openssl pkcs8 -in " + file);
        }
        if (begin < 0 || end < begin) {
            throw new GeneralSecurityException(file + " holds no unencrypted PKCS #8 key (" + KEY_BEGIN
                    + "); convert it with: openssl pkcs8 -topk8 -nocrypt");
        }
        byte[] encoded;
        try {
            encoded = Base64.getMimeDecoder().decode(text.substring(begin + KEY_BEGIN.length(), end));
        } catch (IllegalArgumentException e) {
            throw new GeneralSecurityException(file + " holds a key that is not Base64", e);
        }
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
            } catch (InvalidKeySpecException e) {
                // The key is of another algorithm: PKCS #8 is the same envelope for all.
            }
        }
        throw new GeneralSecurityException(file + " holds a key that is none of " + ALGORITHMS);
    }
}
