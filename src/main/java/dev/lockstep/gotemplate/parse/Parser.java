package dev.lockstep.gotemplate.parse;

import dev.lockstep.gotemplate.parse.Node.Action;
import dev.lockstep.gotemplate.parse.Node.Bool;
import dev.lockstep.gotemplate.parse.Node.Branch;
import dev.lockstep.gotemplate.parse.Node.Branch.Keyword;
import dev.lockstep.gotemplate.parse.Node.Break;
import dev.lockstep.gotemplate.parse.Node.Chain;
import dev.lockstep.gotemplate.parse.Node.Command;
import dev.lockstep.gotemplate.parse.Node.Continue;
import dev.lockstep.gotemplate.parse.Node.Dot;
import dev.lockstep.gotemplate.parse.Node.Field;
import dev.lockstep.gotemplate.parse.Node.Identifier;
import dev.lockstep.gotemplate.parse.Node.Invocation;
import dev.lockstep.gotemplate.parse.Node.Nil;
import dev.lockstep.gotemplate.parse.Node.Number;
import dev.lockstep.gotemplate.parse.Node.Operand;
import dev.lockstep.gotemplate.parse.Node.Pipe;
import dev.lockstep.gotemplate.parse.Node.Sequence;
import dev.lockstep.gotemplate.parse.Node.Str;
import dev.lockstep.gotemplate.parse.Node.Text;
import dev.lockstep.gotemplate.parse.Node.Variable;
import dev.lockstep.gotemplate.parse.Token.Kind;
import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.Quoting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one template, and the templates that are defined in it by parsers of their own. */
public final class Parser {
    /**
     * Levels of control structures and parentheses; bounds the stack of all that walks the tree.
     */
    public static final int DEEPEST = 200;

    /** Tokens in a template; bounds the memory of its tree. */
    public static final int MOST_TOKENS = 100_000;

    private static final Set<Kind> OPERANDS =
            EnumSet.of(
                    Kind.BOOL,
                    Kind.CHAR_CONSTANT,
                    Kind.COMPLEX,
                    Kind.DOT,
                    Kind.FIELD,
                    Kind.IDENTIFIER,
                    Kind.NUMBER,
                    Kind.NIL,
                    Kind.RAW_STRING,
                    Kind.STRING,
                    Kind.VARIABLE,
                    Kind.LEFT_PAREN);

    private final Source source;

    /** Tokens that were looked at and put back, the next one first. */
    private final Deque<Token> ahead = new ArrayDeque<>();

    private final List<String> variables = new ArrayList<>(List.of("$"));

    /** That of the token last taken from the lexer: errors name it. */
    private int line;

    /** Where the action that is being read began; 0 outside of one. */
    private int actionLine;

    private int ranges;

    private Parser(Source source) {
        this.source = source;
    }

    /** What the parsers of one text share. */
    private static final class Source {
        private final String name;
        private final Lexer lexer;
        private final Set<String> functions;
        private final Map<String, Sequence> trees = new HashMap<>();
        private int depth;
        private int tokens;

        Source(String name, String text, Set<String> functions) {
            this.name = name;
            this.lexer =
                    new Lexer(
                            text,
                            Set.of("break", "continue").stream()
                                    .filter(functions::contains)
                                    .collect(Collectors.toSet()));
            this.functions = functions;
        }
    }

    /**
     * @param name of the template, raw
     * @param text of it, raw
     * @param functions names that it may call
     * @return the template and all that it defines
     */
    public static Trees parse(String name, String text, Set<String> functions)
            throws SyntaxException {
        var source = new Source(name, text, functions);
        var parser = new Parser(source);
        parser.add(name, parser.template());
        return new Trees(source.trees, source.tokens);
    }

    /**
     * @param byName their names are raw
     * @param tokens how many were read: a measure of their size
     */
    public record Trees(Map<String, Sequence> byName, int tokens) {}

    private void add(String name, Sequence tree) throws SyntaxException {
        var known = source.trees.get(name);
        if (known == null || isEmpty(known)) {
            source.trees.put(name, tree);
        } else if (!isEmpty(tree)) {
            throw error("template: multiple definition of template " + Quoting.quote(name));
        }
    }

    /** Whether it holds nothing but space: such a definition does not replace another. */
    private static boolean isEmpty(Node node) {
        if (node instanceof Sequence sequence) {
            return sequence.nodes().stream().allMatch(Parser::isEmpty);
        }
        return node instanceof Text text
                && GoString.toText(text.raw()).codePoints().allMatch(Parser::isSpace);
    }

    /** {@code unicode.IsSpace}. */
    private static boolean isSpace(int c) {
        return Character.isSpaceChar(c) || c >= '\t' && c <= '\r' || c == 0x85;
    }

    private Token next() {
        var token = ahead.poll();
        if (token == null) {
            token = source.lexer.next();
            line = token.line();
            source.tokens++;
        }
        return token;
    }

    private Token peek() {
        var token = next();
        ahead.push(token);
        return token;
    }

    private Token nextNonSpace() {
        var token = next();
        while (token.is(Kind.SPACE)) {
            token = next();
        }
        return token;
    }

    private Token peekNonSpace() {
        var token = nextNonSpace();
        ahead.push(token);
        return token;
    }

    private SyntaxException error(String message) {
        return new SyntaxException(line, message);
    }

    private SyntaxException unexpected(Token token, String context) {
        if (!token.is(Kind.ERROR)) {
            return error("unexpected " + token.shown() + " in " + context);
        }
        if (actionLine == 0 || actionLine == token.line()) {
            return error(token.text());
        }
        var action = token.text().endsWith(" action") ? " started at " : " in action started at ";
        return error(token.text() + action + source.name + ":" + actionLine);
    }

    private Token expect(Kind kind, String context) throws SyntaxException {
        var token = nextNonSpace();
        if (!token.is(kind)) {
            throw unexpected(token, context);
        }
        return token;
    }

    private void enter() throws SyntaxException {
        if (++source.depth > DEEPEST) {
            throw SyntaxException.beyondLimits(
                    line,
                    "control structures and parentheses nest deeper than %d levels"
                            .formatted(DEEPEST));
        }
    }

    private void checkSize() throws SyntaxException {
        if (source.tokens > MOST_TOKENS) {
            throw SyntaxException.beyondLimits(
                    line, "it has more than %d tokens".formatted(MOST_TOKENS));
        }
    }

    private void leave() {
        source.depth--;
    }

    /**
     * The whole text: as a list, but definitions may stand here, and the end of the text ends it.
     */
    private Sequence template() throws SyntaxException {
        int position = peek().position();
        var nodes = new ArrayList<Node>();
        while (!peek().is(Kind.EOF)) {
            if (peek().is(Kind.LEFT_DELIMITER)) {
                var delimiter = next();
                var keyword = nextNonSpace();
                if (keyword.is(Kind.DEFINE)) {
                    new Parser(source).definition();
                    continue;
                }
                ahead.push(keyword);
                ahead.push(delimiter);
            }
            var part = part();
            if (part instanceof Ending ending) {
                throw error("unexpected " + ending.shown());
            }
            nodes.add(((Whole) part).node());
        }
        return new Sequence(position, List.copyOf(nodes));
    }

    private void definition() throws SyntaxException {
        var context = "define clause";
        var name = name(nextNonSpace(), context);
        expect(Kind.RIGHT_DELIMITER, context);
        add(name, body(context));
    }

    /** A list that {@code {{end}}} ends. */
    private Sequence body(String context) throws SyntaxException {
        var list = list();
        if (list.ending().isElse()) {
            throw error("unexpected " + list.ending().shown() + " in " + context);
        }
        return list.sequence();
    }

    private String name(Token token, String context) throws SyntaxException {
        if (!token.is(Kind.STRING) && !token.is(Kind.RAW_STRING)) {
            throw unexpected(token, context);
        }
        return unquote(token);
    }

    private String unquote(Token token) throws SyntaxException {
        return Quoting.unquote(token.text()).orElseThrow(() -> error("invalid syntax"));
    }

    /** What is read at once: a node, or what ends a list of nodes. */
    private sealed interface Part {}

    private record Whole(Node node) implements Part {}

    private record Ending(boolean isElse, int position) implements Part {
        String shown() {
            return isElse ? "{{else}}" : "{{end}}";
        }
    }

    private record ListOfNodes(Sequence sequence, Ending ending) {}

    private ListOfNodes list() throws SyntaxException {
        enter();
        int position = peekNonSpace().position();
        var nodes = new ArrayList<Node>();
        while (!peekNonSpace().is(Kind.EOF)) {
            var part = part();
            if (part instanceof Ending ending) {
                leave();
                return new ListOfNodes(new Sequence(position, List.copyOf(nodes)), ending);
            }
            nodes.add(((Whole) part).node());
        }
        throw error("unexpected EOF");
    }

    private Part part() throws SyntaxException {
        checkSize();
        var token = nextNonSpace();
        if (token.is(Kind.TEXT)) {
            return new Whole(new Text(token.position(), token.text()));
        }
        if (!token.is(Kind.LEFT_DELIMITER)) {
            throw unexpected(token, "input");
        }
        actionLine = token.line();
        var part = action();
        actionLine = 0;
        return part;
    }

    private Part action() throws SyntaxException {
        var token = nextNonSpace();
        return switch (token.kind()) {
            case ELSE -> elseControl();
            case END -> new Ending(false, expect(Kind.RIGHT_DELIMITER, "end").position());
            case BLOCK -> new Whole(block());
            case BREAK -> {
                checkLoopControl("{{break}}");
                yield new Whole(new Break(token.position()));
            }
            case CONTINUE -> {
                checkLoopControl("{{continue}}");
                yield new Whole(new Continue(token.position()));
            }
            case IF -> new Whole(branch(Keyword.IF));
            case RANGE -> new Whole(branch(Keyword.RANGE));
            case WITH -> new Whole(branch(Keyword.WITH));
            case TEMPLATE -> new Whole(invocation());
            default -> {
                ahead.push(token);
                // Its variables stay until the end of the list around it.
                yield new Whole(
                        new Action(token.position(), pipeline("command", Kind.RIGHT_DELIMITER)));
            }
        };
    }

    private void checkLoopControl(String keyword) throws SyntaxException {
        var token = nextNonSpace();
        if (!token.is(Kind.RIGHT_DELIMITER)) {
            throw unexpected(token, keyword);
        }
        if (ranges == 0) {
            throw error(keyword + " outside {{range}}");
        }
    }

    /** An if or with behind it is left for the branch that it belongs to. */
    private Ending elseControl() throws SyntaxException {
        var token = peekNonSpace();
        if (token.is(Kind.IF) || token.is(Kind.WITH)) {
            return new Ending(true, token.position());
        }
        return new Ending(true, expect(Kind.RIGHT_DELIMITER, "else").position());
    }

    private Branch branch(Keyword keyword) throws SyntaxException {
        int outer = variables.size();
        var context = keyword.name().toLowerCase(Locale.ROOT);
        var pipe = pipeline(context, Kind.RIGHT_DELIMITER);
        boolean range = keyword == Keyword.RANGE;
        ranges += range ? 1 : 0;
        var then = list();
        ranges -= range ? 1 : 0;
        Sequence otherwise = null;
        if (then.ending().isElse()) {
            otherwise = otherwise(keyword, then.ending());
        }
        variables.subList(outer, variables.size()).clear();
        return new Branch(keyword, pipe.position(), pipe, then.sequence(), otherwise);
    }

    /** {@code else if} is an else with an if in it, whose end is the end of both; so is with. */
    private Sequence otherwise(Keyword keyword, Ending ending) throws SyntaxException {
        var follows = peek().kind();
        if (keyword == Keyword.IF && follows == Kind.IF
                || keyword == Keyword.WITH && follows == Kind.WITH) {
            next();
            enter();
            var nested = branch(keyword);
            leave();
            return new Sequence(ending.position(), List.of(nested));
        }
        var list = list();
        if (list.ending().isElse()) {
            throw error("expected end; found " + list.ending().shown());
        }
        return list.sequence();
    }

    private Invocation block() throws SyntaxException {
        var context = "block clause";
        var token = nextNonSpace();
        var name = name(token, context);
        var pipe = pipeline(context, Kind.RIGHT_DELIMITER);
        var inner = new Parser(source);
        inner.add(name, inner.body(context));
        return new Invocation(token.position(), name, pipe);
    }

    private Invocation invocation() throws SyntaxException {
        var context = "template clause";
        var token = nextNonSpace();
        var name = name(token, context);
        var follows = nextNonSpace();
        if (follows.is(Kind.RIGHT_DELIMITER)) {
            return new Invocation(token.position(), name, null);
        }
        ahead.push(follows);
        return new Invocation(token.position(), name, pipeline(context, Kind.RIGHT_DELIMITER));
    }

    private Pipe pipeline(String context, Kind end) throws SyntaxException {
        int position = peekNonSpace().position();
        var declared = new ArrayList<Variable>();
        boolean assigns = variables(context, declared);
        var commands = new ArrayList<Command>();
        while (true) {
            var token = nextNonSpace();
            if (token.is(end)) {
                checkCommands(commands, context);
                return new Pipe(position, assigns, List.copyOf(declared), List.copyOf(commands));
            }
            if (!OPERANDS.contains(token.kind())) {
                throw unexpected(token, context);
            }
            ahead.push(token);
            commands.add(command());
        }
    }

    /**
     * Variables that the pipeline declares or sets.
     *
     * @return whether it sets them
     */
    private boolean variables(String context, List<Variable> declared) throws SyntaxException {
        while (peekNonSpace().is(Kind.VARIABLE)) {
            var variable = next();
            // A space must be put back too: without one, what follows is no new operand.
            var behind = peek();
            var follows = peekNonSpace();
            boolean isComma = follows.is(Kind.CHAR) && follows.text().equals(",");
            if (!isComma && !follows.is(Kind.ASSIGN) && !follows.is(Kind.DECLARE)) {
                if (behind.is(Kind.SPACE)) {
                    ahead.push(behind);
                }
                ahead.push(variable);
                return false;
            }
            nextNonSpace();
            declared.add(new Variable(variable.position(), variable.text(), List.of()));
            variables.add(variable.text());
            if (!isComma) {
                return follows.is(Kind.ASSIGN);
            }
            if (!context.equals("range") || declared.size() > 1) {
                throw error("too many declarations in " + context);
            }
            var second = peekNonSpace().kind();
            if (second != Kind.VARIABLE
                    && second != Kind.RIGHT_DELIMITER
                    && second != Kind.RIGHT_PAREN) {
                throw error("range can only initialize variables");
            }
        }
        return false;
    }

    private void checkCommands(List<Command> commands, String context) throws SyntaxException {
        if (commands.isEmpty()) {
            throw error("missing value for " + context);
        }
        for (int i = 1; i < commands.size(); i++) {
            if (commands.get(i).operands().get(0).isLiteral()) {
                throw error("non executable command in pipeline stage " + (i + 1));
            }
        }
    }

    private Command command() throws SyntaxException {
        int position = peekNonSpace().position();
        var operands = new ArrayList<Operand>();
        while (true) {
            checkSize();
            peekNonSpace();
            var operand = operand();
            if (operand != null) {
                operands.add(operand);
            }
            var token = next();
            if (token.is(Kind.SPACE)) {
                continue;
            }
            if (token.is(Kind.RIGHT_DELIMITER) || token.is(Kind.RIGHT_PAREN)) {
                ahead.push(token);
            } else if (!token.is(Kind.PIPE)) {
                throw unexpected(token, "operand");
            }
            if (operands.isEmpty()) {
                throw error("empty command");
            }
            return new Command(position, List.copyOf(operands));
        }
    }

    private @Nullable Operand operand() throws SyntaxException {
        var term = term();
        if (term == null || !peek().is(Kind.FIELD)) {
            return term;
        }
        int position = peek().position();
        var fields = new ArrayList<String>();
        while (peek().is(Kind.FIELD)) {
            fields.add(next().text().substring(1));
        }
        if (term instanceof Field field) {
            fields.addAll(0, field.fields());
            return new Field(position, fields);
        }
        if (term instanceof Variable variable) {
            return new Variable(position, variable.name(), fields);
        }
        if (term.isLiteral()) {
            throw error("unexpected . after term " + Quoting.quote(term.source()));
        }
        return new Chain(position, term, fields);
    }

    private @Nullable Operand term() throws SyntaxException {
        var token = nextNonSpace();
        int position = token.position();
        return switch (token.kind()) {
            case IDENTIFIER -> {
                if (!source.functions.contains(GoString.toText(token.text()))) {
                    throw error("function " + Quoting.quote(token.text()) + " not defined");
                }
                yield new Identifier(position, token.text());
            }
            case DOT -> new Dot(position);
            case NIL -> new Nil(position);
            case VARIABLE -> {
                if (variables.lastIndexOf(token.text()) < 0) {
                    throw error("undefined variable " + Quoting.quote(token.text()));
                }
                yield new Variable(position, token.text(), List.of());
            }
            case FIELD -> new Field(position, List.of(token.text().substring(1)));
            case BOOL -> new Bool(position, token.text().equals("true"));
            case CHAR_CONSTANT, COMPLEX, NUMBER -> new Number(position, constant(token));
            case LEFT_PAREN -> {
                enter();
                var pipe = pipeline("parenthesized pipeline", Kind.RIGHT_PAREN);
                leave();
                yield pipe;
            }
            case STRING, RAW_STRING ->
                    new Str(position, token.text(), GoString.ofRaw(unquote(token)));
            default -> {
                ahead.push(token);
                yield null;
            }
        };
    }

    private Constant constant(Token token) throws SyntaxException {
        try {
            return switch (token.kind()) {
                case CHAR_CONSTANT -> Constant.ofRune(token.text());
                case COMPLEX -> Constant.ofComplex(token.text());
                default -> Constant.ofNumber(token.text());
            };
        } catch (IllegalArgumentException e) {
            throw error(e.getMessage());
        }
    }
}
