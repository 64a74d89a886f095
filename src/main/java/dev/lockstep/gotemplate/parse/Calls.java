package dev.lockstep.gotemplate.parse;

import dev.lockstep.gotemplate.parse.Node.Action;
import dev.lockstep.gotemplate.parse.Node.Branch;
import dev.lockstep.gotemplate.parse.Node.Chain;
import dev.lockstep.gotemplate.parse.Node.Command;
import dev.lockstep.gotemplate.parse.Node.Identifier;
import dev.lockstep.gotemplate.parse.Node.Invocation;
import dev.lockstep.gotemplate.parse.Node.Pipe;
import dev.lockstep.gotemplate.parse.Node.Sequence;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which functions a tree calls. */
public final class Calls {
    private final Set<String> names = new HashSet<>();

    private Calls() {}

    public static Set<String> in(Sequence tree) {
        var calls = new Calls();
        calls.collect(tree);
        return calls.names;
    }

    private void collect(@Nullable Node node) {
        if (node instanceof Sequence sequence) {
            sequence.nodes().forEach(this::collect);
        } else if (node instanceof Action action) {
            collect(action.pipe());
        } else if (node instanceof Branch branch) {
            collect(branch.pipe());
            collect(branch.then());
            collect(branch.otherwise());
        } else if (node instanceof Invocation invocation) {
            collect(invocation.pipe());
        } else if (node instanceof Pipe pipe) {
            pipe.commands().forEach(this::collect);
        } else if (node instanceof Command command) {
            command.operands().forEach(this::collect);
        } else if (node instanceof Chain chain) {
            collect(chain.of());
        } else if (node instanceof Identifier identifier) {
            names.add(identifier.name());
        }
    }
}
