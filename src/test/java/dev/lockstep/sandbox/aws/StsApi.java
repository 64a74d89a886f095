package dev.lockstep.sandbox.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/** STS's operations. */
final class StsApi {

    private static final Pattern SESSION_NAME = Pattern.compile("[\\w+=,.@-]{2,64}");
    private static final Pattern ROLE_ARN = Pattern.compile("arn:[^:]+:iam::\\d{12}:role/.+");
    private static final int SHORTEST_SECONDS = 900;
    private static final int LONGEST_SECONDS = 43_200;
    private static final int DEFAULT_SECONDS = 3_600;

    private final Credentials credentials;
    private final Iam iam;
    private final Clock clock;
    private final Consumer<RoleRequest> log;

    /**
     * @param log told of every request for a role, before it is decided on
     */
    StsApi(Credentials credentials, Iam iam, Clock clock, Consumer<RoleRequest> log) {
        this.credentials = credentials;
        this.iam = iam;
        this.clock = clock;
        this.log = log;
    }

    /** Throws {@link AwsError} when the operation is refused. */
    JsonNode answer(AwsRequest request, Principal caller) {
        return switch (request.operation()) {
            case "AssumeRole" -> assumeRole(request, caller);
            case "AssumeRoleWithWebIdentity" -> assumeRoleWithWebIdentity(request);
            case "GetCallerIdentity" -> identity(caller);
            case "GetSessionToken" -> sessionToken(request, caller);
            default ->
                    throw AwsError.badRequest(
                            "InvalidAction",
                            "the sandbox has no operation '" + request.operation() + "'");
        };
    }

    private ObjectNode assumeRole(AwsRequest request, Principal caller) {
        var role = RoleRequest.of(request, caller.arn(), null);
        log.accept(role);
        iam.checkTrust(caller, request, role.roleArn());
        var chained = credentials.session(request.signature().accessKeyId()).isPresent();
        if (chained && seconds(role) > DEFAULT_SECONDS) {
            throw invalid(
                    "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining");
        }
        return issue(role);
    }

    private ObjectNode assumeRoleWithWebIdentity(AwsRequest request) {
        var token = WebIdentity.parse(request.text("WebIdentityToken"));
        var role = RoleRequest.of(request, "", token);
        log.accept(role);
        if (clock.instant().isAfter(token.expiration())) {
            throw AwsError.badRequest(
                    "ExpiredTokenException",
                    "Token expired: current date/time must be before the expiration date/time");
        }
        iam.checkTrust(token, role.roleArn());
        return issue(role)
                .put("SubjectFromWebIdentityToken", token.subject())
                .put("Audience", token.audiences().isEmpty() ? "" : token.audiences().get(0))
                .put("Provider", token.issuer());
    }

    private ObjectNode issue(RoleRequest role) {
        if (!ROLE_ARN.matcher(role.roleArn()).matches()) {
            throw invalid(role.roleArn() + " is invalid");
        }
        if (!SESSION_NAME.matcher(role.sessionName()).matches()) {
            throw invalid(
                    "1 validation error detected: Value '%s' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*"
                            .formatted(role.sessionName()));
        }
        if (seconds(role) < SHORTEST_SECONDS || seconds(role) > LONGEST_SECONDS) {
            throw invalid(
                    "1 validation error detected: Value '%d' at 'durationSeconds' failed to satisfy constraint: Member must have value between 900 and 43200"
                            .formatted(seconds(role)));
        }
        var session =
                credentials.issue(
                        role.roleArn(), role.sessionName(), Duration.ofSeconds(seconds(role)));
        var answer = Json.object();
        answer.putObject("Credentials")
                .put("AccessKeyId", session.accessKeyId())
                .put("SecretAccessKey", session.secretAccessKey())
                .put("SessionToken", session.token())
                .put("Expiration", session.expiration().truncatedTo(ChronoUnit.SECONDS).toString());
        answer.putObject("AssumedRoleUser")
                .put("AssumedRoleId", session.principal().userId())
                .put("Arn", session.principal().arn());
        return answer;
    }

    private ObjectNode sessionToken(AwsRequest request, Principal caller) {
        iam.check(caller, "sts", request.operation());
        if (credentials.session(request.signature().accessKeyId()).isPresent()) {
            throw AwsError.forbidden(
                    "AccessDenied", "Cannot call GetSessionToken with session credentials");
        }
        var asked = request.text("DurationSeconds");
        var seconds = asked.isEmpty() ? LONGEST_SECONDS : Integer.parseInt(asked);
        var session = credentials.issue(caller, Duration.ofSeconds(seconds));
        var answer = Json.object();
        answer.putObject("Credentials")
                .put("AccessKeyId", session.accessKeyId())
                .put("SecretAccessKey", session.secretAccessKey())
                .put("SessionToken", session.token())
                .put("Expiration", session.expiration().truncatedTo(ChronoUnit.SECONDS).toString());
        return answer;
    }

    private static ObjectNode identity(Principal caller) {
        return Json.object()
                .put("UserId", caller.userId())
                .put("Account", caller.account())
                .put("Arn", caller.arn());
    }

    private static int seconds(RoleRequest role) {
        return role.durationSeconds() == null ? DEFAULT_SECONDS : role.durationSeconds();
    }

    private static AwsError invalid(String message) {
        return AwsError.badRequest("ValidationError", message);
    }
}
