package dev.lockstep.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.render.RenderFailure;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.sync.SpecProblem;
import dev.lockstep.sync.WriteFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReasonsTest {
    private static final Set<String> OF_STORES =
            Set.of("StoreNotFound", "StoreNotReady", "StoreDenied");

    @Test
    void theReadme_explainsEveryReasonOfReady_andNoOther() throws IOException {
        assertThat(explained()).containsExactlyElementsOf(reasons());
    }

    private static Set<String> reasons() {
        var reasons = new TreeSet<>(OF_STORES);
        Arrays.stream(SyncResult.Success.values()).forEach(s -> reasons.add(s.reason()));
        Arrays.stream(WriteFailure.Reason.values()).forEach(r -> reasons.add(r.condition()));
        Arrays.stream(SpecProblem.Reason.values()).forEach(r -> reasons.add(r.condition()));
        Stream.of(SourceFailure.class, RenderFailure.class)
                .flatMap(failures -> Arrays.stream(failures.getPermittedSubclasses()))
                .filter(kind -> !hasReasonOfAnother(kind))
                .forEach(kind -> reasons.add(kind.getSimpleName()));
        return reasons;
    }

    /** A kind that says its reason itself takes one that another has. */
    private static boolean hasReasonOfAnother(Class<?> kind) {
        return Arrays.stream(kind.getDeclaredMethods()).anyMatch(m -> m.getName().equals("reason"));
    }

    private static Set<String> explained() throws IOException {
        var readme = Files.readString(Path.of("README.md"));
        var section = readme.substring(readme.indexOf("### Reasons of Ready"));
        var explained = new TreeSet<String>();
        section.substring(0, section.indexOf("\n## "))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> explained.add(line.split("`")[1]));
        return explained;
    }
}
