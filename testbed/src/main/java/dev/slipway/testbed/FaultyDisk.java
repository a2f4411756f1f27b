package dev.slipway.testbed;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The disk under a folder, as native libraries of this process see it: the n-th call of a kind fails.
///
/// It stands between the libraries and the system, by the addresses that they call the system by: the real files, the
/// real library, and no tool beside. For Linux with 64 bits; safe for any thread; at most one at a time.
// What stands in is found by its name.
@SuppressWarnings({"restricted", "UnusedMethod"})
public final class FaultyDisk implements AutoCloseable {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option ERROR = Linker.Option.captureCallState("errno");
    private static final MemoryLayout ERROR_LAYOUT = Linker.Option.captureStateLayout();
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;

    /// A function of the system that is stood in for.
    private record Function(String name, FunctionDescriptor form, String standIn) {
        private MethodHandle real() {
            return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), form, ERROR);
        }
    }

    private static final List<Function> FUNCTIONS =
            List.of(
                    new Function("fsync", FunctionDescriptor.of(INT, INT), "sync"),
                    new Function("fdatasync", FunctionDescriptor.of(INT, INT), "sync"),
                    new Function("ftruncate64", FunctionDescriptor.of(INT, INT, LONG), "truncate"),
                    new Function(
                            "write",
                            FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG),
                            "write"),
                    new Function(
                            "pwrite64",
                            FunctionDescriptor.of(LONG, INT, ValueLayout.ADDRESS, LONG, LONG),
                            "writeAt"));

    private static final MethodHandle ERROR_PLACE =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("__errno_location"),
                    FunctionDescriptor.of(ValueLayout.ADDRESS));

    private final Path folder;
    private final Map<Long, Long> before = new LinkedHashMap<>();
    private @Nullable Fault fault;
    private int at;
    private int counted;

    /// Stands between some loaded libraries and the system; until [#arm] nothing fails.
    ///
    /// @param folder that the calls must be about to be counted
    /// @param libraries by a part of their files' names
    public FaultyDisk(Path folder, String... libraries) throws IOException {
        this.folder = folder.toRealPath();
        for (var library : libraries) {
            standBefore(ImportTable.of(library));
        }
    }

    /// From now on the n-th call of the fault's kind fails.
    ///
    /// @param at 1 for the next one
    public synchronized void arm(Fault fault, int at) {
        this.fault = fault;
        this.at = at;
        this.counted = 0;
    }

    /// From now on nothing fails; whether so many calls were counted that one has failed.
    public synchronized boolean disarm() {
        var reached = counted >= at;
        fault = null;
        return reached;
    }

    /// Lets the libraries call the system again.
    @Override
    public void close() {
        before.forEach(ImportTable::write);
    }

    private void standBefore(ImportTable library) {
        for (var function : FUNCTIONS) {
            var stub = LINKER.upcallStub(standIn(function), function.form(), Arena.global());
            library.places(function.name())
                    .forEach((place, address) -> {
                        before.put(place, address);
                        ImportTable.write(place, stub.address());
                    });
        }
    }

    private MethodHandle standIn(Function function) {
        try {
            var form = function.form().toMethodType().insertParameterTypes(0, MethodHandle.class);
            return MethodHandles.insertArguments(
                    MethodHandles.lookup().bind(this, function.standIn(), form),
                    0,
                    function.real());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private int sync(MethodHandle real, int file) throws Throwable {
        return switch (verdict(Fault.Call.SYNC, file)) {
            case PASS -> (int) pass(real, file);
            case HALF, FAIL -> (int) fail();
        };
    }

    private int truncate(MethodHandle real, int file, long size) throws Throwable {
        return switch (verdict(Fault.Call.TRUNCATE, file)) {
            case PASS -> (int) pass(real, file, size);
            case HALF, FAIL -> (int) fail();
        };
    }

    private long write(MethodHandle real, int file, MemorySegment bytes, long count)
            throws Throwable {
        return switch (verdict(Fault.Call.WRITE, file)) {
            case PASS -> pass(real, file, bytes, count);
            case HALF -> count < 2 ? fail() : pass(real, file, bytes, count / 2);
            case FAIL -> fail();
        };
    }

    private long writeAt(MethodHandle real, int file, MemorySegment bytes, long count, long offset)
            throws Throwable {
        return switch (verdict(Fault.Call.WRITE, file)) {
            case PASS -> pass(real, file, bytes, count, offset);
            case HALF -> count < 2 ? fail() : pass(real, file, bytes, count / 2, offset);
            case FAIL -> fail();
        };
    }

    private enum Verdict {
        PASS,
        HALF,
        FAIL
    }

    private Verdict verdict(Fault.Call call, int file) {
        var planted = planted(call);
        if (planted == null || !isAbout(file)) {
            return Verdict.PASS;
        }
        synchronized (this) {
            counted++;
            if (counted < at || (counted > at && !planted.lasting)) {
                return Verdict.PASS;
            }
            return counted == at && planted.half ? Verdict.HALF : Verdict.FAIL;
        }
    }

    private synchronized @Nullable Fault planted(Fault.Call call) {
        return fault != null && fault.call == call ? fault : null;
    }

    private boolean isAbout(int file) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/" + file)).startsWith(folder);
        } catch (IOException e) {
            return false;
        }
    }

    private long fail() throws Throwable {
        setError(lastError());
        return -1;
    }

    private synchronized int lastError() {
        return fault == null ? 5 : fault.error;
    }

    private static long pass(MethodHandle real, Object... arguments) throws Throwable {
        try (var arena = Arena.ofConfined()) {
            var error = arena.allocate(ERROR_LAYOUT);
            var all = new Object[arguments.length + 1];
            all[0] = error;
            System.arraycopy(arguments, 0, all, 1, arguments.length);
            var result = ((Number) real.invokeWithArguments(all)).longValue();
            if (result < 0) {
                setError(error.get(INT, 0));
            }
            return result;
        }
    }

    private static void setError(int error) throws Throwable {
        ((MemorySegment) ERROR_PLACE.invokeExact()).reinterpret(INT.byteSize()).set(INT, 0, error);
    }
}
