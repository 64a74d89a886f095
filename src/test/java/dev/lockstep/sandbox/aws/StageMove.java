package dev.lockstep.sandbox.aws;

/**
 * The move of one label, as UpdateSecretVersionStage is asked for it.
 *
 * @param from empty when no version is said to have it
 * @param to empty when no version is to have it
 */
record StageMove(String stage, String from, String to) {

    /** Throws {@link AwsError} unless the caller knows who has the label now. */
    Versions apply(Versions versions) {
        var holder = versions.byStage(stage).map(Version::id).orElse("");
        requireKnown(versions, from);
        requireKnown(versions, to);
        if (to.isEmpty() && stage.equals(Versions.CURRENT)) {
            throw AwsError.invalidParameter(
                    "You can only move staging label AWSCURRENT to a different secret version. It can't be completely removed.");
        }
        if (!from.isEmpty() && !from.equals(holder)) {
            throw AwsError.invalidParameter(
                    "Version stage %s not found in version %s".formatted(stage, from));
        }
        if (from.isEmpty() && !holder.isEmpty() && !holder.equals(to)) {
            throw AwsError.invalidParameter(
                    "The parameter RemoveFromVersionId can't be empty. Staging label %s is currently attached to version %s, so you must explicitly reference that version in RemoveFromVersionId."
                            .formatted(stage, holder));
        }
        return to.isEmpty() ? versions.remove(stage) : versions.move(stage, to);
    }

    private static void requireKnown(Versions versions, String id) {
        if (!id.isEmpty() && versions.byId(id).isEmpty()) {
            throw AwsError.invalidParameter("Not a valid version: " + id);
        }
    }
}
