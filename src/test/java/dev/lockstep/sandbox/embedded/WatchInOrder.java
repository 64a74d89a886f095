package dev.lockstep.sandbox.embedded;

import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;

/**
 * A watch that opens while nothing is written: it starts with what is stored, and an object written
 * in the midst of that would reach the watcher new first and old afterwards.
 */
final class WatchInOrder extends WebSocketListener {

    private final WebSocketListener watch;
    private final Object writes;

    WatchInOrder(WebSocketListener watch, Object writes) {
        this.watch = watch;
        this.writes = writes;
    }

    @Override
    public void onBeforeAccept(WebSocket socket, Response response) {
        watch.onBeforeAccept(socket, response);
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
        synchronized (writes) {
            watch.onOpen(socket, response);
        }
    }

    @Override
    public void onClosing(WebSocket socket, int code, String reason) {
        watch.onClosing(socket, code, reason);
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
        watch.onClosed(socket, code, reason);
    }

    @Override
    public void onFailure(WebSocket socket, Throwable cause, Response response) {
        watch.onFailure(socket, cause, response);
    }
}
