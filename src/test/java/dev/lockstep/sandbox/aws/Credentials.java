package dev.lockstep.sandbox.aws;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Which access keys there are, and who has them. */
final class Credentials {

    private static final int BASE = 36;
    private static final int ACCESS_KEY_BITS = 80;
    private static final int SECRET_BITS = 200;

    private final Clock clock;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Principal> users = new ConcurrentHashMap<>();
    private final Map<String, Session> sessions = new ConcurrentHashMap<>();
    private final Set<String> expired = ConcurrentHashMap.newKeySet();
    private volatile boolean onlyKnown;

    Credentials(Clock clock, String adminAccessKeyId) {
        this.clock = clock;
        users.put(adminAccessKeyId, Principal.ADMIN);
    }

    boolean isAdmin(Signature signature) {
        return Principal.ADMIN.equals(users.get(signature.accessKeyId()));
    }

    void addUser(String accessKeyId, String arn) {
        users.put(accessKeyId, Principal.user(arn, accessKeyId));
    }

    void acceptOnlyKnown() {
        onlyKnown = true;
    }

    /** All sessions up to now. */
    void expireSessions() {
        expired.addAll(sessions.keySet());
    }

    List<String> issuedSecrets() {
        return sessions.values().stream()
                .flatMap(session -> Stream.of(session.secretAccessKey(), session.token()))
                .toList();
    }

    Optional<Session> session(String accessKeyId) {
        return Optional.ofNullable(sessions.get(accessKeyId));
    }

    Session issue(String roleArn, String sessionName, Duration duration) {
        var parts = roleArn.split(":", 6);
        var role = roleArn.substring(roleArn.lastIndexOf('/') + 1);
        var arn =
                "arn:%s:sts::%s:assumed-role/%s/%s"
                        .formatted(parts[1], parts[4], role, sessionName);
        var userId = "AROA" + random(ACCESS_KEY_BITS) + ":" + sessionName;
        var session =
                new Session(
                        "ASIA" + random(ACCESS_KEY_BITS),
                        random(SECRET_BITS),
                        random(SECRET_BITS),
                        clock.instant().plus(duration),
                        roleArn,
                        new Principal(arn, parts[4], userId));
        sessions.put(session.accessKeyId(), session);
        return session;
    }

    /** A session of a user's own. */
    Session issue(Principal user, Duration duration) {
        var session =
                new Session(
                        "ASIA" + random(ACCESS_KEY_BITS),
                        random(SECRET_BITS),
                        random(SECRET_BITS),
                        clock.instant().plus(duration),
                        "",
                        user);
        sessions.put(session.accessKeyId(), session);
        return session;
    }

    /** Who signed; throws {@link AwsError} in the service's own words when AWS would refuse. */
    Principal principal(AwsRequest request) {
        var key = request.signature().accessKeyId();
        if (key.isEmpty()) {
            return nobody(request);
        }
        var session = sessions.get(key);
        if (session == null) {
            var user = users.get(key);
            if (user == null && onlyKnown) {
                throw unknown(request);
            }
            return user != null ? user : anybody(request.signature());
        }
        if (!session.token().equals(request.signature().sessionToken())) {
            throw unknown(request);
        }
        if (expired.contains(key) || !clock.instant().isBefore(session.expiration())) {
            throw expired(request);
        }
        return session.principal();
    }

    /** The name of whoever has that key, whether or not it is valid. */
    String nameOf(Signature signature) {
        if (signature.isMissing()) {
            return "";
        }
        return session(signature.accessKeyId())
                .map(Session::principal)
                .or(() -> Optional.ofNullable(users.get(signature.accessKeyId())))
                .orElseGet(() -> anybody(signature))
                .arn();
    }

    private static Principal nobody(AwsRequest request) {
        if (request.operation().equals("AssumeRoleWithWebIdentity")) {
            return Principal.NOBODY;
        }
        var message = "Request is missing Authentication Token";
        throw request.isSts()
                ? AwsError.forbidden("MissingAuthenticationToken", message)
                : AwsError.badRequest("MissingAuthenticationTokenException", message);
    }

    private static Principal anybody(Signature signature) {
        var arn =
                "arn:%s:iam::%s:user/%s"
                        .formatted(
                                Partition.of(signature.region()),
                                Principal.DEFAULT_ACCOUNT,
                                signature.accessKeyId());
        return Principal.user(arn, signature.accessKeyId());
    }

    private static AwsError unknown(AwsRequest request) {
        var message = "The security token included in the request is invalid.";
        return request.isSts()
                ? AwsError.forbidden("InvalidClientTokenId", message)
                : AwsError.badRequest("UnrecognizedClientException", message);
    }

    private static AwsError expired(AwsRequest request) {
        var message = "The security token included in the request is expired";
        return request.isSts()
                ? AwsError.forbidden("ExpiredToken", message)
                : AwsError.badRequest("ExpiredTokenException", message);
    }

    private String random(int bits) {
        return new BigInteger(bits, random).toString(BASE).toUpperCase(Locale.ROOT);
    }
}
