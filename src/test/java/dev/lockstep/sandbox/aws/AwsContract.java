package dev.lockstep.sandbox.aws;

/**
 * What this project takes AWS to do, as far as two emulators can be asked: ours, which tests trust,
 * and one that others wrote. Both must pass, so that ours cannot drift towards what would suit us.
 */
interface AwsContract
        extends VersionsContract,
                DeletionContract,
                ListsContract,
                RolesContract,
                ParametersContract {}
