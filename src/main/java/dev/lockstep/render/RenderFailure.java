package dev.lockstep.render;

import dev.lockstep.api.DecodingStrategy;

/**
 * Why values did not become a Secret's data: a closed set. Messages name entries, keys and
 * properties, never a value or a part of one. None passes by itself: the spec or the remote value
 * has to change.
 */
public sealed interface RenderFailure {
    /** What the spec asks of a value and the value does not allow has no reason of its own. */
    String INVALID_SPEC = "InvalidSpec";

    /** What failed, on which key, and what to do. */
    String message();

    /** The condition reason: the kind's name, unless the kind says otherwise. */
    default String reason() {
        return getClass().getSimpleName();
    }

    record PropertyMissing(Origin origin, String property) implements RenderFailure {
        @Override
        public String message() {
            return "%s has no property %s: check remoteRef.property, or add it to the secret"
                    .formatted(origin, Printable.of(property));
        }
    }

    /**
     * @param detail where it stops being JSON, or which kind of JSON was needed
     */
    record NotJson(Origin origin, String detail) implements RenderFailure {
        @Override
        public String message() {
            return "%s is not a JSON value to take properties from (%s): store it as a JSON object, or leave out property and extract"
                    .formatted(origin, detail);
        }
    }

    /**
     * @param key as it would stand in the Secret
     * @param detail what is wrong with it
     */
    record InvalidKey(Origin origin, String key, String detail) implements RenderFailure {
        @Override
        public String message() {
            return "%s cannot be key %s of a Secret (%s): choose another secretKey, or change keys of dataFrom by rewrite"
                    .formatted(origin, Printable.of(key), detail);
        }
    }

    /**
     * @param detail which step of {@code rewrite} fails, why, and what to do
     */
    record NotRewritable(Origin origin, String detail) implements RenderFailure {
        @Override
        public String message() {
            return origin + ": " + detail;
        }

        @Override
        public String reason() {
            return INVALID_SPEC;
        }
    }

    /**
     * @param key whose value is to be merged
     * @param detail where it stops being JSON, or which kind of JSON was needed
     */
    record NotMergeable(Origin origin, String key, String detail) implements RenderFailure {
        @Override
        public String message() {
            return "%s: the value of key %s is not a JSON object to merge (%s): store it as one, or leave out merge"
                    .formatted(origin, Printable.of(key), detail);
        }

        @Override
        public String reason() {
            return "NotJson";
        }
    }

    /**
     * @param path of the template in the spec
     * @param detail what failed there
     */
    record TemplateFailed(String path, String detail) implements RenderFailure {
        @Override
        public String message() {
            return path + ": " + detail;
        }
    }

    /** The spec asks for a decoding that the value does not allow. */
    record NotDecodable(Origin origin, String key, DecodingStrategy strategy)
            implements RenderFailure {
        @Override
        public String message() {
            return "%s is not %s text, needed for key %s: store it so, or set decodingStrategy to None or Auto"
                    .formatted(origin, strategy, Printable.of(key));
        }

        @Override
        public String reason() {
            return INVALID_SPEC;
        }
    }

    /** The spec forbids null bytes. */
    record NullByte(Origin origin, String key) implements RenderFailure {
        @Override
        public String message() {
            return "%s holds a null byte, for key %s: remove it from the secret, or set nullBytePolicy to Ignore"
                    .formatted(origin, Printable.of(key));
        }

        @Override
        public String reason() {
            return INVALID_SPEC;
        }
    }

    /**
     * @param construct of gjson's path language
     */
    record NotSupported(Origin origin, String property, String construct) implements RenderFailure {
        @Override
        public String message() {
            return "%s: property %s uses %s, which Lockstep does not serve: name a plain path"
                    .formatted(origin, Printable.of(property), construct);
        }
    }
}
