package dev.lockstep.render;

/**
 * A template, and where it stands.
 *
 * @param path in the spec
 * @param name by which templates call each other, and messages name it
 * @param confidential whether it comes from a Secret, so that nothing of it may be told
 */
record TemplateText(String path, String name, String text, boolean confidential) {

    /** One that the spec holds. */
    static TemplateText ofSpec(String path, String name, String text) {
        return new TemplateText(path, name, text, false);
    }

    @Override
    public String toString() {
        return path;
    }
}
