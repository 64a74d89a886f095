package dev.lockstep.sandbox.aws;

/**
 * Which version of a secret is asked for.
 *
 * @param id empty when any will do
 * @param stage empty when any will do; if both are, AWSCURRENT is meant
 */
record VersionChoice(String id, String stage) {

    static final VersionChoice CURRENT = new VersionChoice("", Versions.CURRENT);

    static VersionChoice of(AwsRequest request) {
        var id = request.text("VersionId");
        var stage = request.text("VersionStage");
        return id.isEmpty() && stage.isEmpty() ? CURRENT : new VersionChoice(id, stage);
    }

    /** Throws {@link AwsError} when there is none, or the two do not agree. */
    Version of(Versions versions) {
        if (id.isEmpty()) {
            return versions.byStage(stage)
                    .orElseThrow(() -> noSuchValue("staging label: " + stage));
        }
        var version = versions.byId(id).orElseThrow(() -> noSuchValue("VersionId: " + id));
        if (!stage.isEmpty() && !version.hasStage(stage)) {
            throw AwsError.invalidRequest(
                    "You provided a VersionStage that is not associated to the provided VersionId.");
        }
        return version;
    }

    private static AwsError noSuchValue(String what) {
        return AwsError.notFound(
                "Secrets Manager can't find the specified secret value for " + what);
    }
}
