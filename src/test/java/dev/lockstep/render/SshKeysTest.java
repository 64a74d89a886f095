package dev.lockstep.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lockstep.api.SshKeyGenerator;
import dev.lockstep.api.SshKeySpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.util.OpenSSHPublicKeyUtil;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** SSH keys, as OpenSSH itself reads them where it is installed. */
class SshKeysTest {
    private static final KubernetesSerialization SERIALIZATION = new KubernetesSerialization();
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "'{keySize: 1024}', ssh-rsa",
        "'{keyType: ecdsa}', ecdsa-sha2-nistp256",
        "'{keyType: ecdsa, keySize: 384}', ecdsa-sha2-nistp384",
        "'{keyType: ecdsa, keySize: 521}', ecdsa-sha2-nistp521",
        "'{keyType: ecdsa, keySize: 300}', ecdsa-sha2-nistp256",
        "'{keyType: ed25519, keySize: 4096}', ssh-ed25519"
    })
    void bothKeys_haveOpenSshsFormats(String yaml, String type) throws IOException {
        var keys = SshKeys.make(spec(yaml), RANDOM);

        var line = keys.get("publicKey").utf8();
        assertThat(line).startsWith(type + " ").endsWith("\n");
        var blob = Base64.getDecoder().decode(line.strip().split(" ")[1]);
        assertThat(OpenSSHPublicKeyUtil.encodePublicKey(OpenSSHPublicKeyUtil.parsePublicKey(blob)))
                .isEqualTo(blob);
        var file = keys.get("privateKey").utf8();
        assertThat(file)
                .startsWith("-----BEGIN OPENSSH PRIVATE KEY-----\n")
                .endsWith("\n-----END OPENSSH PRIVATE KEY-----\n");
        var body = String.join("", file.lines().filter(l -> !l.startsWith("-----")).toList());
        assertThat(new String(Base64.getDecoder().decode(body), StandardCharsets.ISO_8859_1))
                .startsWith("openssh-key-v1\0");
    }

    @ParameterizedTest
    @CsvSource({
        "'{comment: me@work}'",
        "'{keySize: 3072, comment: me@work}'",
        "'{keyType: ecdsa, comment: me@work}'",
        "'{keyType: ecdsa, keySize: 384, comment: me@work}'",
        "'{keyType: ecdsa, keySize: 521, comment: me@work}'",
        "'{keyType: ed25519, comment: me@work}'"
    })
    void openSsh_readsThePrivateKey_andSaysTheSamePublicOne(String yaml) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh-keygen")));
        var keys = SshKeys.make(spec(yaml), RANDOM);
        var file = folder.resolve("key");
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, keys.get("privateKey").bytes());

        var openSsh = new ProcessBuilder("/usr/bin/ssh-keygen", "-y", "-f", file.toString());
        var process = openSsh.redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said).isEqualTo(keys.get("publicKey").utf8());
        assertThat(said).endsWith(" me@work\n");
    }

    @Test
    void twoKeys_areTwo() {
        var spec = spec("{keyType: ed25519}");

        assertThat(SshKeys.make(spec, RANDOM)).isNotEqualTo(SshKeys.make(spec, RANDOM));
    }

    private static SshKeySpec spec(String yaml) {
        return SERIALIZATION
                .unmarshal("---\n{metadata: {name: a}, spec: " + yaml + "}", SshKeyGenerator.class)
                .spec();
    }
}
