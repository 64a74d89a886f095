package dev.lockstep.render;

import dev.lockstep.api.FakeSpec;
import dev.lockstep.api.GeneratorSpec;
import dev.lockstep.api.PasswordSpec;
import dev.lockstep.api.SshKeySpec;
import dev.lockstep.api.UuidSpec;
import dev.lockstep.source.SecretBytes;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/** What generators make that ask nobody: a spec and randomness in, values by key out. */
public final class GeneratedValues {
    private static final String UUID_KEY = "uuid";
    private static final int UUID_BYTES = 16;

    private GeneratedValues() {}

    /**
     * @param spec of a generator that needs no provider, and without problems
     * @throws IllegalArgumentException for a generator of another kind
     */
    public static SortedMap<String, SecretBytes> make(GeneratorSpec spec, SecureRandom random) {
        var values = new TreeMap<String, SecretBytes>();
        if (spec instanceof PasswordSpec password) {
            password.secretKeysOrDefault()
                    .forEach(key -> values.put(key, Passwords.make(password, random)));
        } else if (spec instanceof SshKeySpec key) {
            values.putAll(SshKeys.make(key, random));
        } else if (spec instanceof UuidSpec) {
            values.put(UUID_KEY, SecretBytes.ofUtf8(uuid(random).toString()));
        } else if (spec instanceof FakeSpec fake) {
            fake.data().forEach((key, value) -> values.put(key, SecretBytes.ofUtf8(value)));
        } else {
            throw new IllegalArgumentException(
                    spec.getClass().getSimpleName() + " is made by its provider");
        }
        return Collections.unmodifiableSortedMap(values);
    }

    /** Version 4 of RFC 9562: all random but for version and variant. */
    private static UUID uuid(SecureRandom random) {
        var bytes = new byte[UUID_BYTES];
        random.nextBytes(bytes);
        bytes[6] = (byte) (bytes[6] & 0x0f | 0x40);
        bytes[8] = (byte) (bytes[8] & 0x3f | 0x80);
        var halves = ByteBuffer.wrap(bytes);
        return new UUID(halves.getLong(), halves.getLong());
    }
}
