package dev.lockstep.api;

import java.util.Map;

/** An object of a spec, with the properties that its type does not know. */
interface SpecObject {
    /** Properties that the type does not know, by JSON name; never null, without null values. */
    Map<String, Object> unknown();
}
