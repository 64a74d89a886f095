package dev.lockstep.sandbox.aws;

import java.time.Instant;

/** Credentials given out for a role. */
record Session(
        String accessKeyId,
        String secretAccessKey,
        String token,
        Instant expiration,
        String roleArn,
        Principal principal) {}
