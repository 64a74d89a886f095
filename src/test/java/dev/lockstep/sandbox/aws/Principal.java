package dev.lockstep.sandbox.aws;

/**
 * Who calls.
 *
 * @param arn of a user or of a session of a role; empty for nobody, who may only show a token
 * @param account whose secrets are meant by their names
 * @param userId as GetCallerIdentity tells it
 */
record Principal(String arn, String account, String userId) {

    /** The account of everybody who is not known otherwise. */
    static final String DEFAULT_ACCOUNT = "123456789012";

    static final Principal NOBODY = new Principal("", DEFAULT_ACCOUNT, "");

    /** Who may do everything, whatever is denied to others. */
    static final Principal ADMIN =
            user("arn:aws:iam::" + DEFAULT_ACCOUNT + ":user/sandbox-admin", "sandbox-admin");

    static Principal user(String arn, String accessKeyId) {
        return new Principal(arn, account(arn), accessKeyId);
    }

    /** The account in an ARN. */
    static String account(String arn) {
        return arn.split(":", -1)[4];
    }
}
