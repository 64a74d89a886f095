package dev.lockstep;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rooms and their walls. A room that has no class yet breaks no rule. */
class ArchitectureTest {

    private static final String[] PURE = {
        "dev.lockstep.api..",
        "dev.lockstep.gotemplate..",
        "dev.lockstep.render..",
        "dev.lockstep.source..",
        "dev.lockstep.sync.."
    };

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.lockstep");

    /** Where the program meets its surroundings. */
    private static final String[] EDGES = {"dev.lockstep.config..", "dev.lockstep.cli.."};

    @Test
    void eachRoom_buildsOnlyOnRoomsBelowIt() {
        holds(
                new RoomPlan()
                        .room("api")
                        .room("gotemplate")
                        .room("source", "api")
                        .room("render", "api", "gotemplate", "source")
                        .room("sync", "api", "source")
                        .room("aws", "api", "source")
                        .room("watch", "api", "source")
                        .room("cluster", "api", "source", "sync")
                        .room("rollout", "api", "cluster", "source", "sync")
                        .room("observe", "api", "cluster", "rollout", "source", "sync", "watch")
                        .roomOnAll("reconcile")
                        .roomOnAll("config")
                        .roomOnAll("cli")
                        .rule()
                        .because(
                                "what a Secret should hold can then be read and tested without knowing"
                                        + " how AWS or Kubernetes is asked"));
    }

    @Test
    void rooms_doNotBuildOnEachOtherInACircle() {
        holds(
                slices().matching("dev.lockstep.(*)..")
                        .should()
                        .beFreeOfCycles()
                        .because(
                                "rooms in a circle can be neither understood nor tested one by one"));
    }

    @Test
    void pureRooms_knowNoClient() {
        holds(
                noClasses()
                        .that()
                        .resideInAnyPackage(PURE)
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage(
                                                "io.fabric8.kubernetes.client..",
                                                "java.net.http..",
                                                "java.nio.file..",
                                                "io.quarkus..",
                                                "jakarta..")
                                        // The base type of our resources happens to live there.
                                        .and(DescribedPredicate.not(type(CustomResource.class))))
                        .because("the same values and spec must give the same Secret, without I/O")
                        .allowEmptyShould(true));
    }

    @Test
    void aws_isAloneWithTheAwsSdk() {
        holds(
                noClasses()
                        .that(DescribedPredicate.not(resideInAPackage("dev.lockstep.aws..")))
                        .should()
                        .dependOnClassesThat(resideInAPackage("software.amazon.."))
                        .because(
                                "the SDK's exceptions and clients end at one wall, behind which only"
                                        + " our closed set of failures is known"));
    }

    @Test
    void reconcile_isAloneWithTheOperatorSdk() {
        holds(
                noClasses()
                        .that(
                                DescribedPredicate.not(
                                        resideInAnyPackage(
                                                "dev.lockstep.reconcile..",
                                                "dev.lockstep.config..")))
                        .should()
                        .dependOnClassesThat(
                                resideInAnyPackage("io.javaoperatorsdk..", "io.quarkiverse.."))
                        .because("what is done must not depend on what wakes it"));
    }

    @Test
    void pureRooms_haveNeitherClockNorRandomness() {
        holds(
                noClasses()
                        .that()
                        .resideInAnyPackage(PURE)
                        .should()
                        .accessTargetWhere(oneOf("the wall clock", Calls.WALL_CLOCK))
                        .orShould()
                        .accessTargetWhere(oneOf("the stopwatch", Calls.STOPWATCH))
                        .orShould()
                        .accessTargetWhere(oneOf("randomness", Calls.RANDOMNESS))
                        .because(
                                "instant and randomness are arguments, so that a test can give them")
                        .allowEmptyShould(true));
    }

    @Test
    void onlyTheEdges_readTheWallClock() {
        holds(
                inside(Calls.WALL_CLOCK, "the wall clock")
                        .because("elsewhere a java.time.Clock is injected, which a test can set"));
    }

    @Test
    void onlyTheEdges_makeRandomness() {
        holds(
                inside(Calls.RANDOMNESS, "randomness")
                        .because("elsewhere a RandomGenerator is injected, which a test can seed"));
    }

    @Test
    void onlyTheEdges_readTheEnvironment() {
        holds(
                inside(Calls.ENVIRONMENT, "the environment")
                        .because("an option that is read anywhere is documented nowhere"));
    }

    private static void holds(ArchRule rule) {
        rule.check(CLASSES);
    }

    private static ArchRule inside(Set<String> calls, String what) {
        return noClasses()
                .that(DescribedPredicate.not(resideInAnyPackage(EDGES)))
                .should()
                .accessTargetWhere(oneOf(what, calls));
    }

    private static DescribedPredicate<JavaAccess<?>> oneOf(String what, Set<String> calls) {
        return DescribedPredicate.describe(
                what,
                access ->
                        calls.contains(
                                access.getTargetOwner().getName()
                                        + "."
                                        + access.getTarget().getName()));
    }

    /** Calls by the full name of the class and the name of the method. */
    private static final class Calls {
        private static final Set<String> WALL_CLOCK =
                Set.of(
                        "java.lang.System.currentTimeMillis",
                        "java.time.Clock.system",
                        "java.time.Clock.systemDefaultZone",
                        "java.time.Clock.systemUTC",
                        "java.time.Instant.now",
                        "java.time.LocalDate.now",
                        "java.time.LocalDateTime.now",
                        "java.time.OffsetDateTime.now",
                        "java.time.ZonedDateTime.now");

        /** Allowed outside of the pure rooms, for how long a thing took or is to wait. */
        private static final Set<String> STOPWATCH = Set.of("java.lang.System.nanoTime");

        private static final Set<String> ENVIRONMENT =
                Set.of("java.lang.System.getenv", "java.lang.System.getProperty");

        private static final Set<String> RANDOMNESS =
                Set.of(
                        "java.lang.Math.random",
                        "java.security.SecureRandom.<init>",
                        "java.util.Random.<init>",
                        "java.util.UUID.randomUUID",
                        "java.util.concurrent.ThreadLocalRandom.current",
                        "java.util.random.RandomGenerator.getDefault",
                        "java.util.random.RandomGenerator.of");
    }

    /** Which rooms there are, from the ground up, and what each may build on. */
    private static final class RoomPlan {
        private final Map<String, List<String>> rooms = new LinkedHashMap<>();

        RoomPlan room(String name, String... below) {
            rooms.put(name, List.of(below));
            return this;
        }

        RoomPlan roomOnAll(String name) {
            rooms.put(name, List.copyOf(rooms.keySet()));
            return this;
        }

        ArchRule rule() {
            var plan =
                    layeredArchitecture()
                            .consideringOnlyDependenciesInAnyPackage("dev.lockstep..")
                            .withOptionalLayers(true)
                            .ensureAllClassesAreContainedInArchitectureIgnoring("dev.lockstep");
            for (var name : rooms.keySet()) {
                plan = plan.layer(name).definedBy("dev.lockstep." + name + "..");
            }
            for (var room : rooms.entrySet()) {
                var layer = plan.whereLayer(room.getKey());
                plan =
                        room.getValue().isEmpty()
                                ? layer.mayNotAccessAnyLayer()
                                : layer.mayOnlyAccessLayers(room.getValue().toArray(String[]::new));
            }
            return plan;
        }
    }
}
