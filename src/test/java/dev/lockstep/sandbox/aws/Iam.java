package dev.lockstep.sandbox.aws;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may do what: everybody everything, but for what is denied here. Operations are named as in
 * the API ({@code GetSecretValue}), secrets by name or ARN; roles have their own switches.
 */
public final class Iam {

    private static final String ALL = "*";

    private final Credentials credentials;
    private final Set<Denial> denials = ConcurrentHashMap.newKeySet();
    private final Set<String> withoutKms = ConcurrentHashMap.newKeySet();
    private final Map<String, Set<String>> trusted = new ConcurrentHashMap<>();

    Iam(Credentials credentials) {
        this.credentials = credentials;
    }

    public void deny(String operation) {
        deny(operation, ALL);
    }

    /** For that secret alone; in a batch it becomes that secret's error. */
    public void deny(String operation, String secret) {
        denials.add(new Denial(Operations.require(operation), secret));
    }

    /** Lifts every denial of that operation. */
    public void allow(String operation) {
        Operations.require(operation);
        denials.removeIf(denial -> denial.operation().equals(operation));
    }

    /** Lifts every denial, of KMS keys and roles too. */
    public void allowAll() {
        denials.clear();
        withoutKms.clear();
        trusted.clear();
    }

    /** The key that the secret is encrypted with may not be used to decrypt it. */
    public void denyKms(String secret) {
        withoutKms.add(secret);
    }

    /** Nobody may assume that role. */
    public void denyRole(String roleArn) {
        trustOnly(roleArn);
    }

    /**
     * That role may be assumed by these only.
     *
     * @param principals ARNs of users and roles, and subjects of tokens ({@code
     *     system:serviceaccount:<namespace>:<name>})
     */
    public void trustOnly(String roleArn, String... principals) {
        trusted.put(roleArn, Set.of(principals));
    }

    /** Makes an access key known, as that user's. */
    public void addUser(String accessKeyId, String arn) {
        credentials.addUser(accessKeyId, arn);
    }

    /** From now on access keys must be those of {@link #addUser} or given out by STS. */
    public void acceptOnlyKnownKeys() {
        credentials.acceptOnlyKnown();
    }

    /** The credentials given out so far are no longer accepted. */
    public void expireSessions() {
        credentials.expireSessions();
    }

    /** Throws {@link AwsError} if an operation that is not about one secret is denied. */
    void check(Principal principal, String operation) {
        check(principal, "secretsmanager", operation);
    }

    /** The same for an operation of any service, by the prefix of its actions. */
    void check(Principal principal, String service, String operation) {
        if (!isAdmin(principal) && denials.contains(new Denial(operation, ALL))) {
            throw denied(principal, service + ":" + operation, "");
        }
    }

    /**
     * Throws {@link AwsError} if the operation is denied on that secret.
     *
     * @param id the secret as the caller names it
     */
    void check(Principal principal, String operation, String id, Optional<Secret> secret) {
        check(principal, operation, id, names(id, secret));
    }

    /** The same for what goes by these names. */
    void check(Principal principal, String operation, String id, List<String> names) {
        var denied =
                denials.contains(new Denial(operation, ALL))
                        || names.stream()
                                .anyMatch(name -> denials.contains(new Denial(operation, name)));
        if (denied && !isAdmin(principal)) {
            var prefix =
                    Operations.PARAMETER_STORE.contains(operation) ? "ssm:" : "secretsmanager:";
            throw denied(principal, prefix + operation, " on resource: " + id);
        }
    }

    void checkKms(Principal principal, Secret secret) {
        checkKms(principal, List.of(secret.name(), secret.arn()));
    }

    void checkKms(Principal principal, List<String> names) {
        var denied = names.stream().anyMatch(withoutKms::contains);
        if (denied && !isAdmin(principal)) {
            throw AwsError.badRequest("AccessDeniedException", "Access to KMS is not allowed");
        }
    }

    /** Throws {@link AwsError} if the role does not trust the caller. */
    void checkTrust(Principal caller, AwsRequest request, String roleArn) {
        var role = credentials.session(request.signature().accessKeyId()).map(Session::roleArn);
        if (!isTrusted(roleArn, caller.arn())
                && role.filter(r -> isTrusted(roleArn, r)).isEmpty()) {
            throw AwsError.forbidden(
                    "AccessDenied",
                    "User: %s is not authorized to perform: sts:AssumeRole on resource: %s"
                            .formatted(caller.arn(), roleArn));
        }
    }

    void checkTrust(WebIdentity token, String roleArn) {
        if (!isTrusted(roleArn, token.subject())) {
            throw AwsError.forbidden(
                    "AccessDenied", "Not authorized to perform sts:AssumeRoleWithWebIdentity");
        }
    }

    private static boolean isAdmin(Principal principal) {
        return principal.equals(Principal.ADMIN);
    }

    private boolean isTrusted(String roleArn, String principal) {
        var principals = trusted.get(roleArn);
        return principals == null || principals.contains(principal);
    }

    private static List<String> names(String id, Optional<Secret> secret) {
        return secret.map(s -> List.of(id, s.name(), s.arn())).orElse(List.of(id));
    }

    private static AwsError denied(Principal principal, String action, String onResource) {
        return AwsError.badRequest(
                "AccessDeniedException",
                "User: %s is not authorized to perform: %s%s because no identity-based policy allows the %s action"
                        .formatted(principal.arn(), action, onResource, action));
    }

    private record Denial(String operation, String secret) {}
}
