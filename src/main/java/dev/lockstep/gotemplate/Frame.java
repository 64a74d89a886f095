package dev.lockstep.gotemplate;

import dev.lockstep.gotemplate.TemplateFailure.Cause;
import dev.lockstep.gotemplate.parse.Constant;
import dev.lockstep.gotemplate.parse.Node;
import dev.lockstep.gotemplate.parse.Node.Action;
import dev.lockstep.gotemplate.parse.Node.Bool;
import dev.lockstep.gotemplate.parse.Node.Branch;
import dev.lockstep.gotemplate.parse.Node.Break;
import dev.lockstep.gotemplate.parse.Node.Chain;
import dev.lockstep.gotemplate.parse.Node.Command;
import dev.lockstep.gotemplate.parse.Node.Continue;
import dev.lockstep.gotemplate.parse.Node.Dot;
import dev.lockstep.gotemplate.parse.Node.Field;
import dev.lockstep.gotemplate.parse.Node.Identifier;
import dev.lockstep.gotemplate.parse.Node.Invocation;
import dev.lockstep.gotemplate.parse.Node.Nil;
import dev.lockstep.gotemplate.parse.Node.Operand;
import dev.lockstep.gotemplate.parse.Node.Pipe;
import dev.lockstep.gotemplate.parse.Node.Sequence;
import dev.lockstep.gotemplate.parse.Node.Str;
import dev.lockstep.gotemplate.parse.Node.Text;
import dev.lockstep.gotemplate.parse.Node.Variable;
import dev.lockstep.gotemplate.value.Arguments;
import dev.lockstep.gotemplate.value.Fmt;
import dev.lockstep.gotemplate.value.FunctionException;
import dev.lockstep.gotemplate.value.GoBool;
import dev.lockstep.gotemplate.value.GoComplex;
import dev.lockstep.gotemplate.value.GoFloat;
import dev.lockstep.gotemplate.value.GoInt;
import dev.lockstep.gotemplate.value.GoMap;
import dev.lockstep.gotemplate.value.GoNil;
import dev.lockstep.gotemplate.value.GoObject;
import dev.lockstep.gotemplate.value.GoSlice;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.GoType;
import dev.lockstep.gotemplate.value.GoValue;
import dev.lockstep.gotemplate.value.Kind;
import dev.lockstep.gotemplate.value.Quoting;
import dev.lockstep.gotemplate.value.Signature;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A template being executed: its variables, and the node that a failure would be at. Nodes are
 * marked in the order in which Go's engine marks them, because a failure names the last one marked.
 */
final class Frame {
    /** As a power of two. */
    private static final int VARIABLES_SEEN_BY_A_STEP = 6;

    private final Execution execution;
    private final Run run;

    /** Raw. */
    private final String name;

    private final List<Binding> variables = new ArrayList<>();
    private final Place root;
    private @Nullable Node at;

    Frame(Execution execution, String name, GoValue dot) {
        this.execution = execution;
        this.run = execution.run();
        this.name = name;
        this.root = Place.of(dot);
        variables.add(new Binding("$", root));
    }

    /**
     * A value and the type of what holds it, which messages about its fields name: elements of a
     * {@code []interface {}} are held as {@code interface {}}, whatever they are.
     */
    private record Place(GoValue value, GoType type) {
        static Place of(GoValue value) {
            return new Place(value, value.type());
        }
    }

    private static final class Binding {
        private final String name;
        private Place place;

        Binding(String name, Place place) {
            this.name = name;
            this.place = place;
        }
    }

    /** How a list of nodes was left. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    void walk(Sequence tree) throws TemplateException {
        try {
            run.enter();
            walk(root, tree);
            run.leave();
        } catch (LimitExceededException e) {
            var node = at == null ? tree : at;
            throw execution.failure(Cause.LIMIT, name, node, e.getMessage(), e.getMessage());
        }
    }

    /** A failure at the node that is marked. */
    private TemplateException failure(String message) {
        return failure(message, message);
    }

    private TemplateException failure(String message, String goText) {
        if (at == null) {
            throw new IllegalStateException("no node is marked");
        }
        return execution.failure(Cause.EXECUTION, name, at, message, goText);
    }

    private Flow walk(Place dot, Node node) throws TemplateException {
        at = node;
        run.work(1);
        if (node instanceof Text text) {
            execution.write(text.raw());
        } else if (node instanceof Action action) {
            var value = evaluate(dot, action.pipe());
            if (action.pipe().variables().isEmpty()) {
                at = action;
                execution.write(printed(value));
            }
        } else if (node instanceof Sequence sequence) {
            for (var part : sequence.nodes()) {
                var flow = walk(dot, part);
                if (flow != Flow.ON) {
                    return flow;
                }
            }
        } else if (node instanceof Branch branch) {
            run.enter();
            int mark = variables.size();
            var flow =
                    branch.keyword() == Branch.Keyword.RANGE
                            ? range(dot, branch)
                            : condition(dot, branch);
            popTo(mark);
            run.leave();
            return flow;
        } else if (node instanceof Invocation invocation) {
            invoke(dot, invocation);
        } else if (node instanceof Break) {
            return Flow.BREAK;
        } else if (node instanceof Continue) {
            return Flow.CONTINUE;
        } else {
            throw new IllegalStateException("no statement: " + node.getClass());
        }
        return Flow.ON;
    }

    private String printed(GoValue value) {
        return value instanceof GoNil ? Fmt.NO_VALUE.raw() : Fmt.print(run, value).raw();
    }

    private Flow condition(Place dot, Branch branch) throws TemplateException {
        var value = evaluate(dot, branch.pipe());
        if (value.isTrue()) {
            boolean with = branch.keyword() == Branch.Keyword.WITH;
            return walk(with ? Place.of(value) : dot, branch.then());
        }
        return branch.otherwise() == null ? Flow.ON : walk(dot, branch.otherwise());
    }

    private Flow range(Place dot, Branch branch) throws TemplateException {
        var over = evaluate(dot, branch.pipe());
        boolean any;
        if (over instanceof GoInt count) {
            any = rangeTo(count, branch);
        } else if (over instanceof GoSlice slice) {
            any = rangeOver(slice, branch);
        } else if (over instanceof GoMap map) {
            any = rangeOver(map, branch);
        } else if (over instanceof GoNil) {
            any = false;
        } else {
            throw failure(
                    "range can't iterate over a value of type " + over.type(),
                    "range can't iterate over " + Fmt.print(run, over).raw());
        }
        if (any || branch.otherwise() == null) {
            return Flow.ON;
        }
        // Go's engine takes a break within else as one of this range, and lets a continue pass.
        var flow = walk(dot, branch.otherwise());
        return flow == Flow.BREAK ? Flow.ON : flow;
    }

    private boolean rangeTo(GoInt count, Branch branch) throws TemplateException {
        if (branch.pipe().variables().size() > 1) {
            throw failure(
                    "can't use an integer to iterate over more than one variable",
                    "can't use %s to iterate over more than one variable"
                            .formatted(Fmt.print(run, count).raw()));
        }
        long end = count.value();
        boolean any = count.isUnsigned() ? end != 0 : end > 0;
        for (long i = 0; any && i != end; i++) {
            var number = Place.of(new GoInt(i, count.type()));
            if (round(branch, Place.of(GoNil.NO_VALUE), number) == Flow.BREAK) {
                break;
            }
        }
        return any;
    }

    private boolean rangeOver(GoSlice slice, Branch branch) throws TemplateException {
        for (int i = 0; i < slice.length(); i++) {
            var element = new Place(slice.elements().get(i), slice.type().element());
            if (round(branch, Place.of(GoInt.of(i)), element) == Flow.BREAK) {
                break;
            }
        }
        return slice.length() > 0;
    }

    private boolean rangeOver(GoMap map, Branch branch) throws TemplateException {
        // A copy: the body may change the map, and Go takes the entries first.
        var entries = List.copyOf(map.entries().entrySet());
        run.allocate(32L * entries.size());
        for (var entry : entries) {
            var value = new Place(entry.getValue(), map.type().element());
            if (round(branch, Place.of(entry.getKey()), value) == Flow.BREAK) {
                break;
            }
        }
        return !entries.isEmpty();
    }

    /** One round of a loop. */
    private Flow round(Branch branch, Place index, Place element) throws TemplateException {
        run.work(1);
        int mark = variables.size();
        var declared = branch.pipe().variables();
        if (!declared.isEmpty()) {
            boolean both = declared.size() > 1;
            if (branch.pipe().assigns()) {
                set(declared.get(0).name(), both ? index : element);
                if (both) {
                    set(declared.get(1).name(), element);
                }
            } else {
                variables.get(mark - 1).place = element;
                if (both) {
                    variables.get(mark - 2).place = index;
                }
            }
        }
        var flow = walk(element, branch.then());
        popTo(mark);
        return flow;
    }

    private void invoke(Place dot, Invocation invocation) throws TemplateException {
        var tree = execution.template().tree(invocation.name());
        if (tree == null) {
            throw failure("template %s not defined".formatted(Quoting.quote(invocation.name())));
        }
        var pipe = invocation.pipe();
        // Variables that the pipeline declares stay.
        var inner = pipe == null ? GoNil.NO_VALUE : evaluate(dot, pipe);
        new Frame(execution, invocation.name(), inner).walk(tree);
    }

    private void popTo(int mark) {
        variables.subList(mark, variables.size()).clear();
    }

    private void set(String variable, Place place) throws TemplateException {
        binding(variable).place = place;
    }

    private Binding binding(String variable) throws TemplateException {
        for (int i = variables.size() - 1; i >= 0; i--) {
            if (variables.get(i).name.equals(variable)) {
                run.work((variables.size() - i) >> VARIABLES_SEEN_BY_A_STEP);
                return variables.get(i);
            }
        }
        throw failure("undefined variable: " + variable);
    }

    /** In parentheses. */
    private GoValue nested(Place dot, Pipe pipe) throws TemplateException {
        run.enter();
        var value = evaluate(dot, pipe);
        run.leave();
        return value;
    }

    private GoValue evaluate(Place dot, Pipe pipe) throws TemplateException {
        at = pipe;
        GoValue value = null;
        for (var command : pipe.commands()) {
            value = evaluate(dot, command, value);
            if (value == GoNil.INTERFACE) {
                value = GoNil.NO_VALUE;
            }
        }
        if (value == null) {
            throw new IllegalStateException("a pipeline has a command");
        }
        for (var variable : pipe.variables()) {
            if (pipe.assigns()) {
                set(variable.name(), Place.of(value));
            } else {
                variables.add(new Binding(variable.name(), Place.of(value)));
            }
        }
        return value;
    }

    /**
     * @param piped what the command before gave; null for the first one
     */
    private GoValue evaluate(Place dot, Command command, @Nullable GoValue piped)
            throws TemplateException {
        run.work(1);
        var first = command.operands().get(0);
        var arguments = command.operands().subList(1, command.operands().size());
        if (first instanceof Field field) {
            return field(dot, field, arguments, piped);
        }
        if (first instanceof Chain chain) {
            return chain(dot, chain, arguments, piped);
        }
        if (first instanceof Identifier function) {
            return function(dot, function, command, arguments, piped);
        }
        if (first instanceof Variable variable) {
            return variable(dot, variable, arguments, piped);
        }
        if (!(first instanceof Pipe)) {
            at = first;
        }
        if (!arguments.isEmpty() || piped != null) {
            throw failure("can't give argument to non-function " + first.source());
        }
        if (first instanceof Pipe pipe) {
            return nested(dot, pipe);
        }
        if (first instanceof Nil) {
            throw failure("nil is not a command");
        }
        return literal(dot, first);
    }

    private GoValue literal(Place dot, Operand operand) throws TemplateException {
        if (operand instanceof Dot) {
            return dot.value();
        }
        if (operand instanceof Bool bool) {
            return GoBool.of(bool.value());
        }
        if (operand instanceof Str text) {
            return text.value();
        }
        if (operand instanceof Node.Number number) {
            at = number;
            return ideal(number.constant());
        }
        throw new IllegalStateException("no literal: " + operand.getClass());
    }

    /** A constant where no type is asked for. */
    private GoValue ideal(Constant constant) throws TemplateException {
        var complex = constant.complex();
        if (complex != null) {
            return new GoComplex(complex.real(), complex.imaginary());
        }
        if (constant.isWrittenAsFloat()) {
            return GoFloat.of(constant.floating().orElseThrow());
        }
        if (constant.signed().isPresent()) {
            return GoInt.of(constant.signed().getAsLong());
        }
        throw failure(constant.text() + " overflows int");
    }

    private GoValue field(Place dot, Field field, List<Operand> arguments, @Nullable GoValue piped)
            throws TemplateException {
        at = field;
        return fields(dot, dot, field, field.fields(), arguments, piped);
    }

    private GoValue chain(Place dot, Chain chain, List<Operand> arguments, @Nullable GoValue piped)
            throws TemplateException {
        at = chain;
        if (chain.of() instanceof Nil) {
            throw failure("indirection through explicit nil in " + chain.source());
        }
        var receiver = Place.of(argument(dot, GoType.ANY, chain.of(), true));
        return fields(dot, receiver, chain, chain.fields(), arguments, piped);
    }

    private GoValue variable(
            Place dot, Variable variable, List<Operand> arguments, @Nullable GoValue piped)
            throws TemplateException {
        at = variable;
        var place = binding(variable.name()).place;
        if (variable.fields().isEmpty()) {
            if (!arguments.isEmpty() || piped != null) {
                throw failure("can't give argument to non-function " + variable.source());
            }
            return place.value();
        }
        return fields(dot, place, variable, variable.fields(), arguments, piped);
    }

    /** One field after the other; the last one may be a method that takes the arguments. */
    private GoValue fields(
            Place dot,
            Place receiver,
            Operand node,
            List<String> fields,
            List<Operand> arguments,
            @Nullable GoValue piped)
            throws TemplateException {
        int last = fields.size() - 1;
        var place = receiver;
        for (int i = 0; i < last; i++) {
            place = field(dot, fields.get(i), node, List.of(), null, place);
        }
        return field(dot, fields.get(last), node, arguments, piped, place).value();
    }

    private Place field(
            Place dot,
            String field,
            Operand node,
            List<Operand> arguments,
            @Nullable GoValue piped,
            Place receiver)
            throws TemplateException {
        var value = receiver.value();
        if (value == GoNil.NO_VALUE) {
            throw failure("nil data; no entry for key " + Quoting.quote(field));
        }
        if (value == GoNil.INTERFACE) {
            throw failure("nil pointer evaluating interface {}." + field);
        }
        var method = value.type().methods().get(GoString.toText(field));
        if (method != null) {
            var in = arguments(dot, field, method.signature(), arguments, piped);
            try {
                return Place.of(method.body().call(value, in));
            } catch (FunctionException e) {
                at = node;
                throw callFailure(field, e);
            }
        }
        boolean given = !arguments.isEmpty() || piped != null;
        if (value instanceof GoMap map) {
            if (given) {
                throw failure(field + " is not a method but has arguments");
            }
            var entry = map.get(GoString.ofRaw(field));
            if (entry == null) {
                throw failure("map has no entry for key " + Quoting.quote(field));
            }
            return new Place(entry, map.type().element());
        }
        if (value instanceof GoObject object) {
            var declared = object.type().fields().get(GoString.toText(field));
            if (declared != null) {
                if (given) {
                    throw failure(field + " has arguments but cannot be invoked as function");
                }
                return Place.of(declared.read().apply(object.payload()));
            }
        }
        throw failure("can't evaluate field %s in type %s".formatted(field, receiver.type()));
    }

    private TemplateException callFailure(String function, FunctionException e) {
        var prefix = "error calling " + function + ": ";
        return failure(prefix + GoString.toRaw(e.getMessage()), prefix + e.goText().raw());
    }

    /**
     * @param command where a failure of the function is: the whole call
     */
    private GoValue function(
            Place dot,
            Identifier identifier,
            Node command,
            List<Operand> arguments,
            @Nullable GoValue piped)
            throws TemplateException {
        at = identifier;
        run.work(1);
        var function = execution.template().functions().find(GoString.toText(identifier.name()));
        if (function == null) {
            throw failure(Quoting.quote(identifier.name()) + " is not a defined function");
        }
        if (function == Builtins.AND || function == Builtins.OR) {
            return shortCircuit(dot, function, arguments, piped);
        }
        var in = arguments(dot, identifier.name(), function.signature(), arguments, piped);
        try {
            return function == Builtins.CALL
                    ? call(in, arguments, piped)
                    : function.body().call(in, run);
        } catch (FunctionException e) {
            at = command;
            throw callFailure(identifier.name(), e);
        }
    }

    private GoValue shortCircuit(
            Place dot, TemplateFunction function, List<Operand> arguments, @Nullable GoValue piped)
            throws TemplateException {
        checkCount(function.name(), function.signature(), arguments.size(), piped);
        boolean decisive = function == Builtins.OR;
        GoValue value = GoNil.NO_VALUE;
        for (var argument : arguments) {
            value = argument(dot, GoType.REFLECT_VALUE, argument, false);
            if (value.isTrue() == decisive) {
                return value;
            }
        }
        return piped == null ? value : piped;
    }

    /** No value of ours is a function that could be called. */
    private GoValue call(Arguments in, List<Operand> arguments, @Nullable GoValue piped)
            throws FunctionException {
        var callee = in.get(0);
        if (callee instanceof GoNil) {
            throw new FunctionException("call of nil");
        }
        // Go names the argument as it is written, or the value where that came by pipe.
        var written = arguments.isEmpty() ? "" : arguments.get(0).source();
        var named =
                !written.isEmpty() || piped == null
                        ? written
                        : piped instanceof GoString text
                                ? text.raw()
                                : "<" + piped.type() + " Value>";
        throw FunctionException.quoting(
                "non-function of type " + callee.type(),
                GoString.ofRaw("non-function " + named + " of type " + callee.type()));
    }

    private void checkCount(
            String function, Signature signature, int given, @Nullable GoValue piped)
            throws TemplateException {
        int count = given + (piped == null ? 0 : 1);
        if (signature.variadic() ? count < signature.fixed() : count != signature.fixed()) {
            throw failure(
                    signature.variadic()
                            ? "wrong number of args for %s: want at least %d got %d"
                                    .formatted(function, signature.fixed(), given)
                            : "wrong number of args for %s: want %d got %d"
                                    .formatted(function, signature.fixed(), count));
        }
    }

    private Arguments arguments(
            Place dot,
            String function,
            Signature signature,
            List<Operand> arguments,
            @Nullable GoValue piped)
            throws TemplateException {
        checkCount(function, signature, arguments.size(), piped);
        var values = new ArrayList<GoValue>(arguments.size() + 1);
        for (int i = 0; i < arguments.size(); i++) {
            values.add(argument(dot, signature.parameter(i), arguments.get(i), false));
        }
        if (piped != null) {
            values.add(fitting(piped, signature.parameter(arguments.size())));
        }
        return new Arguments(Collections.unmodifiableList(values));
    }

    /**
     * @param receives whether it is not an argument but what fields are taken from, so that a nil
     *     stays what it is
     */
    private GoValue argument(Place dot, GoType type, Operand operand, boolean receives)
            throws TemplateException {
        at = operand;
        GoValue value;
        if (operand instanceof Dot) {
            value = dot.value();
        } else if (operand instanceof Nil) {
            if (!type.canBeNil()) {
                throw failure("cannot assign nil to " + type);
            }
            return nil(type);
        } else if (operand instanceof Field field) {
            value = field(dot, field, List.of(), null);
        } else if (operand instanceof Variable variable) {
            value = variable(dot, variable, List.of(), null);
        } else if (operand instanceof Pipe pipe) {
            value = nested(dot, pipe);
        } else if (operand instanceof Identifier function) {
            value = function(dot, function, function, List.of(), null);
        } else if (operand instanceof Chain chain) {
            value = chain(dot, chain, List.of(), null);
        } else {
            return constant(dot, type, operand);
        }
        return receives ? value : fitting(value, type);
    }

    private static GoValue nil(GoType type) {
        if (type.equals(GoType.REFLECT_VALUE)) {
            return GoNil.NO_VALUE;
        }
        return switch (type.kind()) {
            case MAP -> GoMap.nil(type);
            case SLICE -> GoSlice.nil(type);
            default -> GoNil.INTERFACE;
        };
    }

    /** The value as an argument of that type. */
    private GoValue fitting(GoValue value, GoType type) throws TemplateException {
        if (value == GoNil.NO_VALUE) {
            if (!type.canBeNil()) {
                throw failure("invalid value; expected " + type);
            }
            return nil(type);
        }
        if (!type.equals(GoType.REFLECT_VALUE) && !value.type().isAssignableTo(type)) {
            throw failure(
                    "wrong type for value; expected %s; got %s".formatted(type, value.type()));
        }
        return value;
    }

    /** A constant becomes what is asked for, if it can. */
    private GoValue constant(Place dot, GoType type, Operand operand) throws TemplateException {
        var kind = type.kind();
        if (type.equals(GoType.ANY) || type.equals(GoType.REFLECT_VALUE)) {
            return literal(dot, operand);
        }
        var number = operand instanceof Node.Number node ? node.constant() : null;
        if (kind == Kind.BOOL) {
            if (operand instanceof Bool bool) {
                return GoBool.of(bool.value());
            }
            throw expected("bool", operand);
        }
        if (kind == Kind.STRING) {
            if (operand instanceof Str text) {
                return text.value();
            }
            throw expected("string", operand);
        }
        if (kind.isSigned()) {
            if (number != null && number.signed().isPresent()) {
                return new GoInt(truncated(number.signed().getAsLong(), kind), type);
            }
            throw expected("integer", operand);
        }
        if (kind.isUnsigned()) {
            if (number != null && number.unsigned().isPresent()) {
                return new GoInt(truncated(number.unsigned().getAsLong(), kind), type);
            }
            throw expected("unsigned integer", operand);
        }
        if (kind.isFloat()) {
            if (number != null && number.floating().isPresent()) {
                return new GoFloat(number.floating().getAsDouble(), type);
            }
            throw expected("float", operand);
        }
        throw failure("can't handle %s for arg of type %s".formatted(operand.source(), type));
    }

    private TemplateException expected(String what, Operand operand) {
        return failure("expected %s; found %s".formatted(what, operand.source()));
    }

    /** As Go sets a variable of fewer bits. */
    private static long truncated(long value, Kind kind) {
        int unused = Long.SIZE - kind.bits();
        return kind.isSigned() ? value << unused >> unused : value << unused >>> unused;
    }
}
