package dev.lockstep.api;

/** What a generator makes, and how. */
public sealed interface GeneratorSpec
        permits EcrAuthorizationTokenSpec,
                FakeSpec,
                GeneratorSpec.Nothing,
                PasswordSpec,
                SshKeySpec,
                StsSessionTokenSpec,
                UuidSpec {
    GeneratorSpec NOTHING = new Nothing();

    /** The kind of generator that makes this. */
    GeneratorKind kind();

    /** The field of a ClusterGenerator's {@code spec.generator} that holds it. */
    String field();

    /** A ClusterGenerator that holds no generator of ours. */
    record Nothing() implements GeneratorSpec {
        @Override
        public GeneratorKind kind() {
            return GeneratorKind.ClusterGenerator;
        }

        @Override
        public String field() {
            return "";
        }
    }
}
