package dev.lockstep.gotemplate.parse;

import dev.lockstep.gotemplate.value.GoString;
import dev.lockstep.gotemplate.value.Quoting;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a template. */
public sealed interface Node {
    /** Where it stands, in bytes from the beginning of the text; for a chain of fields, its end. */
    int position();

    /** Writes it as Go does in errors: raw. */
    void writeTo(StringBuilder out);

    default String source() {
        var out = new StringBuilder();
        writeTo(out);
        return out.toString();
    }

    /** What may be an argument. */
    sealed interface Operand extends Node {
        /** Whether it cannot be called, nor take a value from a pipe. */
        default boolean isLiteral() {
            return false;
        }
    }

    record Sequence(int position, List<Node> nodes) implements Node {
        @Override
        public void writeTo(StringBuilder out) {
            nodes.forEach(node -> node.writeTo(out));
        }
    }

    record Text(int position, String raw) implements Node {
        @Override
        public void writeTo(StringBuilder out) {
            out.append(raw);
        }
    }

    record Action(int position, Pipe pipe) implements Node {
        @Override
        public void writeTo(StringBuilder out) {
            out.append("{{");
            pipe.writeTo(out);
            out.append("}}");
        }
    }

    /**
     * {@code if}, {@code with} or {@code range}.
     *
     * @param otherwise null without {@code else}
     */
    record Branch(
            Keyword keyword, int position, Pipe pipe, Sequence then, @Nullable Sequence otherwise)
            implements Node {
        public enum Keyword {
            IF("if"),
            RANGE("range"),
            WITH("with");

            private final String text;

            Keyword(String text) {
                this.text = text;
            }
        }

        @Override
        public void writeTo(StringBuilder out) {
            out.append("{{").append(keyword.text).append(' ');
            pipe.writeTo(out);
            out.append("}}");
            then.writeTo(out);
            if (otherwise != null) {
                out.append("{{else}}");
                otherwise.writeTo(out);
            }
            out.append("{{end}}");
        }
    }

    record Break(int position) implements Node {
        @Override
        public void writeTo(StringBuilder out) {
            out.append("{{break}}");
        }
    }

    record Continue(int position) implements Node {
        @Override
        public void writeTo(StringBuilder out) {
            out.append("{{continue}}");
        }
    }

    /** {@code {{template "name" pipe}}}, and a block where it stands. */
    record Invocation(int position, String name, @Nullable Pipe pipe) implements Node {
        @Override
        public void writeTo(StringBuilder out) {
            out.append("{{template ").append(Quoting.quote(name));
            if (pipe != null) {
                out.append(' ');
                pipe.writeTo(out);
            }
            out.append("}}");
        }
    }

    /**
     * @param assigns whether its variables are set, not declared
     */
    record Pipe(int position, boolean assigns, List<Variable> variables, List<Command> commands)
            implements Operand {
        @Override
        public void writeTo(StringBuilder out) {
            for (int i = 0; i < variables.size(); i++) {
                out.append(i > 0 ? ", " : "");
                variables.get(i).writeTo(out);
            }
            out.append(variables.isEmpty() ? "" : assigns ? " = " : " := ");
            for (int i = 0; i < commands.size(); i++) {
                out.append(i > 0 ? " | " : "");
                commands.get(i).writeTo(out);
            }
        }
    }

    /** An operand and, where that is called, its arguments. */
    record Command(int position, List<Operand> operands) implements Node {
        @Override
        public void writeTo(StringBuilder out) {
            for (int i = 0; i < operands.size(); i++) {
                out.append(i > 0 ? " " : "");
                writeInParens(operands.get(i), out);
            }
        }
    }

    /** A function's name. */
    record Identifier(int position, String name) implements Operand {
        @Override
        public void writeTo(StringBuilder out) {
            out.append(name);
        }
    }

    /**
     * @param name with its dollar
     * @param fields of its value
     */
    record Variable(int position, String name, List<String> fields) implements Operand {
        @Override
        public void writeTo(StringBuilder out) {
            out.append(name);
            writeFields(fields, out);
        }
    }

    record Dot(int position) implements Operand {
        @Override
        public boolean isLiteral() {
            return true;
        }

        @Override
        public void writeTo(StringBuilder out) {
            out.append('.');
        }
    }

    record Nil(int position) implements Operand {
        @Override
        public boolean isLiteral() {
            return true;
        }

        @Override
        public void writeTo(StringBuilder out) {
            out.append("nil");
        }
    }

    /** Fields of the dot. */
    record Field(int position, List<String> fields) implements Operand {
        @Override
        public void writeTo(StringBuilder out) {
            writeFields(fields, out);
        }
    }

    /** Fields of what a pipeline or function gives. */
    record Chain(int position, Operand of, List<String> fields) implements Operand {
        @Override
        public void writeTo(StringBuilder out) {
            writeInParens(of, out);
            writeFields(fields, out);
        }
    }

    record Bool(int position, boolean value) implements Operand {
        @Override
        public boolean isLiteral() {
            return true;
        }

        @Override
        public void writeTo(StringBuilder out) {
            out.append(value);
        }
    }

    record Number(int position, Constant constant) implements Operand {
        @Override
        public boolean isLiteral() {
            return true;
        }

        @Override
        public void writeTo(StringBuilder out) {
            out.append(constant.text());
        }
    }

    /**
     * @param quoted as it stands in the template
     */
    record Str(int position, String quoted, GoString value) implements Operand {
        @Override
        public boolean isLiteral() {
            return true;
        }

        @Override
        public void writeTo(StringBuilder out) {
            out.append(quoted);
        }
    }

    private static void writeFields(List<String> fields, StringBuilder out) {
        fields.forEach(field -> out.append('.').append(field));
    }

    private static void writeInParens(Operand operand, StringBuilder out) {
        boolean pipe = operand instanceof Pipe;
        out.append(pipe ? "(" : "");
        operand.writeTo(out);
        out.append(pipe ? ")" : "");
    }
}
