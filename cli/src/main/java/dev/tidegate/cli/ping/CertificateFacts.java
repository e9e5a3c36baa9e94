package dev.tidegate.cli.ping;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** What someone wants to know of a server's certificate. */
final class CertificateFacts {
    private static final int DNS = 2;
    private static final int ADDRESS = 7;

    private CertificateFacts() {}

    static List<String> of(X509Certificate certificate, Instant now) throws CertificateParsingException {
        List<String> facts = new ArrayList<>();
        String subject = certificate.getSubjectX500Principal().getName();
        String issuer = certificate.getIssuerX500Principal().getName();
        facts.add("certificate of " + subject + (subject.equals(issuer) ? ", self-signed" : ", issued by " + issuer));
        List<String> names = names(certificate);
        facts.add("valid for " + (names.isEmpty() ? "no alternative names" : String.join(", ", names)));
        Instant end = certificate.getNotAfter().toInstant();
        LocalDate last = end.atOffset(ZoneOffset.UTC).toLocalDate();
        long days = now.until(end, ChronoUnit.DAYS);
        facts.add(end.isBefore(now) ? "expired on " + last : "valid until " + last + ", " + days + " days from now");
        return facts;
    }

    private static List<String> names(X509Certificate certificate) throws CertificateParsingException {
        List<String> names = new ArrayList<>();
        if (certificate.getSubjectAlternativeNames() != null) {
            for (List<?> entry : certificate.getSubjectAlternativeNames()) {
                if (entry.get(0).equals(DNS) || entry.get(0).equals(ADDRESS)) {
                    names.add(String.valueOf(entry.get(1)));
                }
            }
        }
        return names;
    }
}
