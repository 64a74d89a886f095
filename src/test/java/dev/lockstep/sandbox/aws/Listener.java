package dev.lockstep.sandbox.aws;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** The socket on loopback: it can be closed, and opened again on the same port. */
public final class Listener implements AutoCloseable {

    static {
        // Headers and body are two writes: without this, the second waits for the client's
        // delayed acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        // Seconds; longer than SDK clients keep a connection, so that they close it first.
        System.setProperty("sun.net.httpserver.idleInterval", "300");
    }

    private final int port;
    private final HttpHandler handler;
    // As many as there are requests: some may be held back for as long as a test likes.
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    task -> {
                        var thread = new Thread(task, "embedded-aws");
                        thread.setDaemon(true);
                        return thread;
                    });
    private @Nullable HttpServer server;

    public Listener(int port, HttpHandler handler) {
        this.port = port;
        this.handler = handler;
    }

    public synchronized void open() {
        if (server != null) {
            return;
        }
        try {
            var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            var fresh = HttpServer.create(address, 0);
            fresh.createContext("/", handler);
            fresh.setExecutor(threads);
            fresh.start();
            server = fresh;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on port " + port, e);
        }
    }

    /** Connections end, and new ones are refused. */
    public synchronized void shut() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    @Override
    public void close() {
        shut();
        threads.shutdownNow();
    }
}
