package dev.lockstep.sync;

import dev.lockstep.api.AwsAuth;
import dev.lockstep.api.ClusterGenerator;
import dev.lockstep.api.EcrAuthorizationTokenSpec;
import dev.lockstep.api.Generator;
import dev.lockstep.api.GeneratorSpec;
import dev.lockstep.api.PasswordSpec;
import dev.lockstep.api.SecretKeySelector;
import dev.lockstep.api.SshKeySpec;
import dev.lockstep.api.SshKeyType;
import dev.lockstep.api.StsSessionTokenSpec;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is wrong with a generator's spec, found before anything is asked or made. */
public final class GeneratorChecks {
    /** All of a Secret has room for this, so nobody needs a longer password. */
    private static final int LONGEST_PASSWORDS = 1 << 20;

    /** Go and OpenSSH refuse shorter ones. */
    private static final int SHORTEST_RSA = 1024;

    private static final int LONGEST_KEY = 8192;
    private static final int SHORTEST_KEY = 256;
    private static final int SHORTEST_SESSION = 900;
    private static final int LONGEST_SESSION = 129_600;
    private static final Set<String> PUBLIC_REGISTRIES = Set.of("us-east-1", "us-west-2");

    private final Generator generator;
    private final String path;

    private GeneratorChecks(Generator generator, String path) {
        this.generator = generator;
        this.path = path;
    }

    /** All problems, always in the same order; the first is the one to report. */
    public static List<SpecProblem> problems(Generator generator) {
        if (!(generator instanceof ClusterGenerator cluster)) {
            return new GeneratorChecks(generator, "spec").problems();
        }
        var held = held(cluster);
        return held.isEmpty() ? new GeneratorChecks(generator, path(generator)).problems() : held;
    }

    /** Where a generator's own fields stand. */
    public static String path(Generator generator) {
        return generator instanceof ClusterGenerator
                ? "spec.generator." + generator.generates().field()
                : "spec";
    }

    /** Exactly one, of the kind that is named, and served. */
    private static List<SpecProblem> held(ClusterGenerator cluster) {
        var held = cluster.spec().generator();
        var others = new TreeSet<>(held.unknown().keySet());
        var only = held.only();
        if (only.isEmpty() && others.size() != 1) {
            return List.of(SpecProblem.invalid("spec.generator", "it needs exactly one generator"));
        }
        if (only.isEmpty()) {
            return List.of(
                    SpecProblem.notSupported(
                            "spec.generator." + others.first(),
                            "Lockstep does not serve this kind of generator: leave it to an operator that does"));
        }
        var kind = only.get().kind();
        return kind.name().equals(cluster.spec().kind())
                ? List.of()
                : List.of(
                        SpecProblem.invalid(
                                "spec.kind",
                                "it is '%s', but the generator is one of kind %s: write that"
                                        .formatted(cluster.spec().kind(), kind)));
    }

    private List<SpecProblem> problems() {
        var unknown = SpecChecks.unknown(generator.unknown());
        return unknown.isEmpty() ? known(generator.generates()).toList() : unknown;
    }

    private Stream<SpecProblem> known(GeneratorSpec spec) {
        if (spec instanceof PasswordSpec password) {
            return password(password);
        }
        if (spec instanceof SshKeySpec key) {
            return sshKey(key);
        }
        if (spec instanceof EcrAuthorizationTokenSpec token) {
            return Stream.of(region(token.region()), registry(token), ownNamespace(token.auth()))
                    .flatMap(Function.identity());
        }
        if (spec instanceof StsSessionTokenSpec token) {
            return Stream.of(region(token.region()), session(token), ownNamespace(token.auth()))
                    .flatMap(Function.identity());
        }
        return Stream.empty();
    }

    private Stream<SpecProblem> password(PasswordSpec spec) {
        int length = spec.lengthOrDefault();
        int digits = spec.digitsOrDefault();
        int symbols = spec.symbolsOrDefault();
        if ((long) length * spec.secretKeysOrDefault().size() > LONGEST_PASSWORDS) {
            return problem("length", "a Secret has no room for %d characters".formatted(length));
        }
        if (digits < 0) {
            return problem("digits", "it is negative: write 0 or more");
        }
        if (symbols < 0) {
            return problem("symbols", "it is negative: write 0 or more");
        }
        if ((long) digits + symbols > length) {
            return problem(
                    "length",
                    "%d characters have no room for %d digits and %d symbols: make it longer, or ask for fewer"
                            .formatted(length, digits, symbols));
        }
        var from = spec.characters();
        return Stream.of(
                        enough(spec, "symbols", symbols, from.symbols()),
                        enough(spec, "digits", digits, from.digits()),
                        enough(spec, "length", length - digits - symbols, from.letters()))
                .flatMap(Function.identity());
    }

    private Stream<SpecProblem> enough(
            PasswordSpec spec, String field, int wanted, Set<Integer> from) {
        boolean tooFew = spec.allowRepeat() ? wanted > 0 && from.isEmpty() : wanted > from.size();
        return tooFew
                ? problem(
                        field,
                        "%d characters are to be chosen out of %d without repeating one: ask for fewer, or set allowRepeat"
                                .formatted(wanted, from.size()))
                : Stream.empty();
    }

    private Stream<SpecProblem> sshKey(SshKeySpec spec) {
        var size = spec.keySize();
        int shortest = spec.keyTypeOrDefault() == SshKeyType.rsa ? SHORTEST_RSA : SHORTEST_KEY;
        if (size != null && (size < shortest || size > LONGEST_KEY)) {
            return problem(
                    "keySize",
                    "%d bits are not possible for %s: write %d to %d"
                            .formatted(size, spec.keyTypeOrDefault(), shortest, LONGEST_KEY));
        }
        return spec.commentOrEmpty().lines().count() > 1
                ? problem("comment", "it has several lines: write one")
                : Stream.empty();
    }

    private Stream<SpecProblem> region(String region) {
        return region.isEmpty()
                ? problem("region", "name the region, such as eu-central-1")
                : Stream.empty();
    }

    private Stream<SpecProblem> registry(EcrAuthorizationTokenSpec token) {
        return token.ofPublicRegistry() && !PUBLIC_REGISTRIES.contains(token.region())
                ? problem(
                        "region",
                        "the public registry does not answer in %s: write us-east-1"
                                .formatted(token.region()))
                : Stream.empty();
    }

    private Stream<SpecProblem> session(StsSessionTokenSpec token) {
        var seconds = token.parameters().sessionDuration();
        if (token.auth() != null && token.auth().jwt() != null) {
            return problem(
                    "auth.jwt",
                    "STS gives no session to a role, which a ServiceAccount's token stands for: name the keys of an IAM user by auth.secretRef");
        }
        return seconds != null && (seconds < SHORTEST_SESSION || seconds > LONGEST_SESSION)
                ? problem(
                        "requestParameters.sessionDuration",
                        "STS does not allow %d seconds: write %d to %d"
                                .formatted(seconds, SHORTEST_SESSION, LONGEST_SESSION))
                : Stream.empty();
    }

    /** A generator takes credentials from its own namespace alone, whatever it names. */
    private Stream<SpecProblem> ownNamespace(@Nullable AwsAuth auth) {
        if (auth == null || generator instanceof ClusterGenerator) {
            return Stream.empty();
        }
        var keys = auth.secretRef();
        var account = auth.jwt() == null ? null : auth.jwt().serviceAccountRef();
        return Stream.of(
                        keys == null
                                ? Stream.<SpecProblem>empty()
                                : Stream.of(
                                                own("accessKeyID", keys.accessKeyIDSecretRef()),
                                                own(
                                                        "secretAccessKey",
                                                        keys.secretAccessKeySecretRef()),
                                                own("sessionToken", keys.sessionTokenSecretRef()))
                                        .flatMap(Function.identity()),
                        account == null
                                ? Stream.<SpecProblem>empty()
                                : own("auth.jwt.serviceAccountRef", account.namespace()))
                .flatMap(Function.identity());
    }

    private Stream<SpecProblem> own(String which, @Nullable SecretKeySelector selector) {
        return selector == null
                ? Stream.empty()
                : own("auth.secretRef." + which + "SecretRef", selector.namespace());
    }

    private Stream<SpecProblem> own(String field, @Nullable String namespace) {
        return namespace == null
                        || namespace.isEmpty()
                        || namespace.equals(generator.getMetadata().getNamespace())
                ? Stream.empty()
                : problem(
                        field + ".namespace",
                        "a generator may not reach into namespace %s: leave it out, or use a ClusterGenerator"
                                .formatted(namespace));
    }

    private Stream<SpecProblem> problem(String field, String detail) {
        return Stream.of(SpecProblem.invalid(path + "." + field, detail));
    }
}
