package dev.lockstep.gotemplate.functions;

import static dev.lockstep.gotemplate.value.GoType.STRING;

import dev.lockstep.gotemplate.TemplateFunction;
import dev.lockstep.gotemplate.value.GoInt;
import dev.lockstep.gotemplate.value.GoMethod;
import dev.lockstep.gotemplate.value.GoObject;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoType;
import dev.lockstep.gotemplate.value.GoValue;
import dev.lockstep.gotemplate.value.Kind;
import dev.lockstep.gotemplate.value.Signature;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;

/** Sprig's semver and semverCompare, and what templates may ask a version. */
final class VersionFunctions {
    static final GoType POINTER =
            GoType.object("*semver.Version", Kind.POINTER, VersionFunctions::methods, List::of);

    /** What the methods that count up return. */
    static final GoType VERSION =
            GoType.object("semver.Version", Kind.STRUCT, VersionFunctions::methods, List::of);

    private VersionFunctions() {}

    static List<TemplateFunction> all() {
        return List.of(
                TemplateFunction.named("semver")
                        .takes(STRING)
                        .does(
                                (in, run) ->
                                        new GoObject(
                                                POINTER,
                                                SemanticVersion.parse(in.string(0).raw()))),
                TemplateFunction.named("semverCompare")
                        .takes(STRING, STRING)
                        .does(
                                (in, run) -> {
                                    var constraint = VersionConstraint.parse(in.string(0).raw());
                                    var version = SemanticVersion.parse(in.string(1).raw());
                                    return Values.truth(constraint.admits(version));
                                }));
    }

    private static List<GoMethod> methods() {
        return List.of(
                number("Major", SemanticVersion::major),
                number("Minor", SemanticVersion::minor),
                number("Patch", SemanticVersion::patch),
                text("Prerelease", SemanticVersion::prerelease),
                text("Metadata", SemanticVersion::metadata),
                text("Original", SemanticVersion::original),
                text("String", SemanticVersion::toString),
                next("IncMajor", SemanticVersion::nextMajor),
                next("IncMinor", SemanticVersion::nextMinor),
                next("IncPatch", SemanticVersion::nextPatch),
                GoMethod.of(
                        "Compare",
                        Signature.of(POINTER),
                        (receiver, in) ->
                                GoInt.of(
                                        Integer.signum(
                                                version(receiver).compareTo(version(in.get(0)))))),
                comparing("Equal", SemanticVersion::sameAs),
                comparing("LessThan", (a, b) -> a.compareTo(b) < 0),
                comparing("LessThanEqual", (a, b) -> a.compareTo(b) <= 0),
                comparing("GreaterThan", (a, b) -> a.compareTo(b) > 0),
                comparing("GreaterThanEqual", (a, b) -> a.compareTo(b) >= 0));
    }

    private static GoMethod number(String name, ToLongFunction<SemanticVersion> read) {
        return GoMethod.getter(
                name,
                (receiver, in) -> new GoInt(read.applyAsLong(version(receiver)), GoType.UINT64));
    }

    private static GoMethod text(String name, Function<SemanticVersion, String> read) {
        return GoMethod.getter(
                name, (receiver, in) -> GoString.ofRaw(read.apply(version(receiver))));
    }

    private static GoMethod next(String name, UnaryOperator<SemanticVersion> next) {
        return GoMethod.getter(
                name, (receiver, in) -> new GoObject(VERSION, next.apply(version(receiver))));
    }

    private static GoMethod comparing(
            String name, BiPredicate<SemanticVersion, SemanticVersion> test) {
        return GoMethod.of(
                name,
                Signature.of(POINTER),
                (receiver, in) -> Values.truth(test.test(version(receiver), version(in.get(0)))));
    }

    private static SemanticVersion version(GoValue value) {
        return (SemanticVersion) ((GoObject) value).payload();
    }
}
