package dev.lockstep.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * moto, an emulator of AWS that this project did not write: what Lockstep believes about AWS is
 * checked against somebody else's reading of it.
 */
public final class MotoServer implements AutoCloseable {

    /** The version that hack/moto installs. */
    static final String VERSION = "5.2.5";

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI endpoint;
    private final Path work;
    private final ChildProcess process;

    private MotoServer(URI endpoint, Path work, ChildProcess process) {
        this.endpoint = endpoint;
        this.work = work;
        this.process = process;
    }

    /** Starts it on loopback and waits until it answers. */
    static MotoServer launch() {
        var program = TestBinaries.ofThisMachine().motoServer();
        var port = LoopbackPort.free();
        try {
            var work = Files.createTempDirectory("lockstep-moto-");
            var process =
                    ChildProcess.start(
                            work, List.of(program.toString(), "-H", "127.0.0.1", "-p", "" + port));
            var moto = new MotoServer(URI.create("http://127.0.0.1:" + port), work, process);
            try {
                process.awaitReady(PATIENCE, () -> moto.send("GET", "/moto-api/data.json") == 200);
                return moto;
            } catch (RuntimeException e) {
                moto.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare moto", e);
        }
    }

    /** Where every AWS service answers; any credentials do. */
    public URI endpoint() {
        return endpoint;
    }

    /** Forgets all that was created, in every account and region. */
    public void reset() {
        try {
            var status = send("POST", "/moto-api/reset");
            if (status != 200) {
                throw new IllegalStateException("moto answered its reset with " + status);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "moto is gone; its last lines:\n" + process.logTail(), e);
        }
    }

    @Override
    public void close() {
        process.close();
        try (var files = Files.list(work)) {
            files.forEach(file -> file.toFile().delete());
            Files.delete(work);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + work, e);
        }
    }

    private int send(String method, String path) throws IOException {
        var request =
                HttpRequest.newBuilder(endpoint.resolve(path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
