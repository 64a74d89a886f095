package dev.lockstep.gotemplate;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The functions that templates may call, by name: an allow-list. */
public final class Functions {
    private final Map<String, TemplateFunction> byName;

    private Functions(Map<String, TemplateFunction> byName) {
        this.byName = Map.copyOf(byName);
    }

    /** Go's own. */
    public static Functions builtins() {
        return new Functions(Map.of()).with(Builtins.ALL);
    }

    /** With these as well; of the same name, they replace. */
    public Functions with(Collection<TemplateFunction> more) {
        var all = new HashMap<>(byName);
        more.forEach(function -> all.put(function.name(), function));
        return new Functions(all);
    }

    public @Nullable TemplateFunction find(String name) {
        return byName.get(name);
    }

    public Set<String> names() {
        return byName.keySet();
    }
}
