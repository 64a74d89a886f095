package dev.lockstep.api;

/** Whether a template's data replaces the fetched keys or joins them; absent means Replace. */
public enum TemplateMergePolicy {
    Replace,
    Merge
}
