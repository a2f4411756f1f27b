package dev.slipway.kernel.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Leads to a server on loopback, and cuts connections where a test wants it.
final class CuttingProxy implements AutoCloseable {
    /// Where the next connection is cut.
    sealed interface Cut {
        /// Nowhere.
        record Never() implements Cut {}

        /// Before the server gets a text.
        record Before(String text) implements Cut {}

        /// After the server has answered to a text, before the client hears of it.
        record After(String text) implements Cut {}

        /// Once so many bytes have gone to the server, from now on.
        record Bytes(int count) implements Cut {}

        /// Where another cut says, and then no other connection is taken.
        record ForGood(Cut at) implements Cut {}
    }

    private final int port;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger passed = new AtomicInteger();
    private volatile Cut cut = new Cut.Never();
    private volatile boolean refusing;
    private volatile boolean muted;

    CuttingProxy(int port) throws IOException {
        this.port = port;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /// Cuts all connections once, at this place.
    void cut(Cut where) {
        passed.set(0);
        muted = false;
        cut = where;
    }

    /// Whether the last cut is still to come.
    boolean waits() {
        return !(cut instanceof Cut.Never);
    }

    /// Cuts all connections and takes no others, until it is told otherwise.
    void refuse(boolean refuse) {
        refusing = refuse;
        if (refuse) {
            closeAll();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        closeAll();
    }

    private void accept() {
        try {
            while (!door.isClosed()) {
                var client = door.accept();
                if (refusing) {
                    client.close();
                } else {
                    lead(client);
                }
            }
        } catch (IOException e) {
            if (!door.isClosed()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void lead(Socket client) throws IOException {
        var server = new Socket(InetAddress.getLoopbackAddress(), port);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        open.add(client);
        open.add(server);
        Thread.ofVirtual().start(() -> pass(client, server, true));
        Thread.ofVirtual().start(() -> pass(server, client, false));
    }

    private void pass(Socket from, Socket to, boolean up) {
        try (from;
                to) {
            pass(from.getInputStream(), to.getOutputStream(), up);
        } catch (IOException _) {
            return;
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    private void pass(InputStream from, OutputStream to, boolean up) throws IOException {
        var buffer = new byte[64 * 1024];
        for (var count = from.read(buffer); count >= 0; count = from.read(buffer)) {
            if (up ? cutsUp(buffer, count) : muted) {
                muted = false;
                refusing |= cut instanceof Cut.ForGood;
                cut = new Cut.Never();
                closeAll();
                return;
            }
            to.write(buffer, 0, count);
            to.flush();
        }
    }

    private boolean cutsUp(byte[] buffer, int count) {
        var text = new String(buffer, 0, count, StandardCharsets.ISO_8859_1);
        return cutsUp(cut, text, count);
    }

    private boolean cutsUp(Cut at, String text, int count) {
        return switch (at) {
            case Cut.Never _ -> false;
            case Cut.Before(var wanted) -> text.contains(wanted);
            case Cut.After(var wanted) -> {
                muted |= text.contains(wanted);
                yield false;
            }
            case Cut.Bytes(var limit) -> passed.addAndGet(count) >= limit;
            case Cut.ForGood(var first) -> cutsUp(first, text, count);
        };
    }

    private void closeAll() {
        open.forEach(CuttingProxy::close);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
