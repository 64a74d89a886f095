package dev.lockstep.api;

/** Template engines by their name in the API; absent means v2. */
public enum TemplateEngine {
    v2
}
