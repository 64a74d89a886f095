package dev.lockstep.api;

/** Whether keys of a template source are templates too; absent means Values. */
public enum TemplateAs {
    Values,
    KeysAndValues
}
