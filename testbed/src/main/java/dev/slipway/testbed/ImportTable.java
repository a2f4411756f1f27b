package dev.slipway.testbed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The places in a loaded native library that hold the addresses of functions which it has from elsewhere.
///
/// Reads what the loader of Linux has laid into memory: an ELF image of 64 bits.
@SuppressWarnings("restricted")
final class ImportTable {
    private static final int DYNAMIC_SEGMENT = 2;
    private static final int ENTRY_BYTES = 24;

    /// Tags of the dynamic section: where relocations, symbols and names lie.
    private static final long STRINGS = 5;

    private static final long SYMBOLS = 6;
    private static final long RELOCATIONS = 7;
    private static final long RELOCATIONS_BYTES = 8;
    private static final long CALLS = 23;
    private static final long CALLS_BYTES = 2;

    /// Relocations that are the plain address of a symbol: of x86-64 and of AArch64.
    private static final Set<Long> PLAIN = Set.of(1L, 6L, 7L, 257L, 1025L, 1026L);

    private static final long PAGE = 4_096;
    private static final int READ_AND_WRITE = 3;

    private static final MemorySegment MEMORY = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);
    private static final MethodHandle PROTECT =
            Linker.nativeLinker()
                    .downcallHandle(
                            Linker.nativeLinker().defaultLookup().findOrThrow("mprotect"),
                            FunctionDescriptor.of(
                                    ValueLayout.JAVA_INT,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_LONG,
                                    ValueLayout.JAVA_INT));

    private final long base;
    private final Map<Long, Long> dynamic = new HashMap<>();

    private ImportTable(long base) {
        this.base = base;
        readDynamic();
    }

    /// Of the library whose file name contains a text; it must be loaded.
    static ImportTable of(String library) {
        try (var maps = Files.lines(Path.of("/proc/self/maps"))) {
            return maps.map(line -> line.strip().split("\\s+", 6))
                    .filter(words -> words.length == 6 && words[5].contains(library))
                    .filter(words -> Long.parseLong(words[2], 16) == 0)
                    .map(words -> words[0].substring(0, words[0].indexOf('-')))
                    .map(start -> new ImportTable(Long.parseUnsignedLong(start, 16)))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(library + " is not loaded"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where the addresses of some functions lie, and what they are now.
    Map<Long, Long> places(String function) {
        Map<Long, Long> places = new LinkedHashMap<>();
        add(places, function, at(RELOCATIONS), dynamic.getOrDefault(RELOCATIONS_BYTES, 0L));
        add(places, function, at(CALLS), dynamic.getOrDefault(CALLS_BYTES, 0L));
        return places;
    }

    /// Lays an address into a place.
    static void write(long place, long address) {
        try {
            var page = place & -PAGE;
            if ((int) PROTECT.invokeExact(page, PAGE, READ_AND_WRITE) != 0) {
                throw new IllegalStateException("a library's memory cannot be written");
            }
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
        MEMORY.set(ValueLayout.JAVA_LONG_UNALIGNED, place, address);
    }

    private void add(Map<Long, Long> places, String function, long from, long bytes) {
        for (long entry = from; entry < from + bytes; entry += ENTRY_BYTES) {
            var info = number(entry + 8);
            if (PLAIN.contains(info & 0xffff_ffffL) && name(info >>> 32).equals(function)) {
                var place = base + number(entry);
                places.put(place, number(place));
            }
        }
    }

    private String name(long symbol) {
        var offset = MEMORY.get(ValueLayout.JAVA_INT_UNALIGNED, at(SYMBOLS) + symbol * ENTRY_BYTES);
        return MEMORY.getString(at(STRINGS) + Integer.toUnsignedLong(offset));
    }

    private void readDynamic() {
        for (long entry = dynamicSection(); number(entry) != 0; entry += 16) {
            dynamic.put(number(entry), number(entry + 8));
        }
    }

    private long dynamicSection() {
        var header = base + number(base + 32);
        int size = MEMORY.get(ValueLayout.JAVA_SHORT_UNALIGNED, base + 54);
        int count = MEMORY.get(ValueLayout.JAVA_SHORT_UNALIGNED, base + 56);
        for (int i = 0; i < count; i++, header += size) {
            if (MEMORY.get(ValueLayout.JAVA_INT_UNALIGNED, header) == DYNAMIC_SEGMENT) {
                return base + number(header + 16);
            }
        }
        throw new IllegalStateException("the library is not linked dynamically");
    }

    /// An address of the dynamic section; some loaders have made it absolute, some have not.
    private long at(long tag) {
        var address = dynamic.getOrDefault(tag, 0L);
        return address < base ? base + address : address;
    }

    private static long number(long address) {
        return MEMORY.get(ValueLayout.JAVA_LONG_UNALIGNED, address);
    }
}
