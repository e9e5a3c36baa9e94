package dev.tidegate.client.tls;

import dev.tidegate.client.transport.AddressLookup;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a certificate is for a host (RFC 6125): its alternative names count, and only if it has none of DNS or address kind, its
 * common name. A star stands for exactly one whole label, the left-most of at least three. Addresses match addresses only.
 */
final class HostNames {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private HostNames() {}

    /** @throws CertificateException naming the host and the names that the certificate is for */
    static void check(X509Certificate certificate, String host) throws CertificateException {
        List<String> dns = alternativeNames(certificate, DNS);
        List<String> addresses = alternativeNames(certificate, ADDRESS);
        boolean matches;
        List<String> names = new ArrayList<>(dns);
        if (AddressLookup.isLiteral(host)) {
            names.addAll(addresses);
            matches = addresses.stream().anyMatch(address -> sameAddress(address, host));
        } else {
            if (dns.isEmpty() && addresses.isEmpty()) {
                names.addAll(SubjectNames.commonNames(certificate.getSubjectX500Principal()));
            }
            matches = names.stream().anyMatch(name -> matches(name, host));
        }
        if (!matches) {
            throw new CertificateException("the server's certificate is for " + (names.isEmpty() ? "no name" : names)
                    + ", not for '" + host + "'; if that is right, set hostNameInCertificate");
        }
    }

    static boolean matches(String pattern, String host) {
        String name = withoutFinalDot(host.toLowerCase(Locale.ROOT));
        String wanted = withoutFinalDot(pattern.toLowerCase(Locale.ROOT));
        if (!wanted.startsWith("*.")) {
            return !wanted.isEmpty() && wanted.indexOf('*') < 0 && wanted.equals(name);
        }
        String suffix = wanted.substring(1);
        int dot = name.indexOf('.');
        boolean wideEnough = suffix.indexOf('.', 1) > 0 && suffix.indexOf('*') < 0;
        return wideEnough && dot > 0 && name.substring(dot).equals(suffix);
    }

    private static String withoutFinalDot(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private static boolean sameAddress(String a, String b) {
        try {
            return AddressLookup.isLiteral(a) && InetAddress.getByName(a).equals(InetAddress.getByName(b));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static List<String> alternativeNames(X509Certificate certificate, int kind)
            throws CertificateParsingException {
        List<String> names = new ArrayList<>();
        if (certificate.getSubjectAlternativeNames() != null) {
            for (List<?> entry : certificate.getSubjectAlternativeNames()) {
                if (entry.get(0).equals(kind) && entry.get(1) instanceof String name) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
