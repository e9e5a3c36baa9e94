package dev.tidegate.server.tls;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * An X.509 v3 certificate for a new P-256 key, signed by that key (RFC 5280). The JDK has no public class that makes one; a library
 * for it would be larger than this server.
 */
record SelfSignedCertificate(KeyPair keys, X509Certificate certificate) {
    private static final String ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
    private static final String COMMON_NAME = "2.5.4.3";
    private static final String BASIC_CONSTRAINTS = "2.5.29.19";
    private static final String SUBJECT_ALT_NAME = "2.5.29.17";
    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    /** @param host that the certificate is for, besides localhost and 127.0.0.1 */
    static SelfSignedCertificate create(String host, Instant now) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair keys = generator.generateKeyPair();

        byte[] algorithm = Der.sequence(Der.objectId(ECDSA_WITH_SHA256));
        byte[] name = Der.sequence(
                Der.set(Der.sequence(Der.objectId(COMMON_NAME), Der.utf8("Tidegate self-signed certificate"))));
        byte[] body = Der.sequence(
                Der.explicit(0, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(127, new SecureRandom()).setBit(0)),
                algorithm,
                name,
                // A client whose clock is a little behind must not find the certificate to be from the future.
                Der.sequence(Der.time(now.minus(Duration.ofDays(1))), Der.time(now.plus(Duration.ofDays(365)))),
                name,
                keys.getPublic().getEncoded(),
                Der.explicit(3, Der.sequence(basicConstraints(), alternativeNames(host))));

        Signature signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(body);
        byte[] encoded = Der.sequence(body, algorithm, Der.bits(signature.sign()));
        X509Certificate certificate = (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        return new SelfSignedCertificate(keys, certificate);
    }

    private static byte[] basicConstraints() {
        byte[] isAuthority = Der.sequence(Der.TRUE);
        return Der.sequence(Der.objectId(BASIC_CONSTRAINTS), Der.TRUE, Der.octets(isAuthority));
    }

    private static byte[] alternativeNames(String host) {
        Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", host));
        try {
            names.add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            // A machine that does not know its own name is reached by the others.
        }
        List<byte[]> encoded = new ArrayList<>();
        for (String name : names) {
            encoded.add(alternativeName(name));
        }
        byte[] list = Der.sequence(encoded.toArray(byte[][]::new));
        return Der.sequence(Der.objectId(SUBJECT_ALT_NAME), Der.octets(list));
    }

    private static byte[] alternativeName(String name) {
        boolean literal = name.indexOf(':') >= 0 || name.matches("[0-9.]+");
        if (literal) {
            try {
                return Der.implicit(IP_ADDRESS, InetAddress.ofLiteral(name).getAddress());
            } catch (IllegalArgumentException e) {
                // Not an address after all.
            }
        }
        return Der.implicit(DNS_NAME, name.getBytes(StandardCharsets.US_ASCII));
    }
}
