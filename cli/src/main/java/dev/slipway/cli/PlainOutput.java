package dev.slipway.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/// What goes to the terminal, with control characters spelled out: what somebody has stored must not steer it.
///
/// Used by one thread.
final class PlainOutput extends FilterOutputStream {
    private static final int DELETE = 0x7f;

    /// The byte before the control characters beyond ASCII, in UTF-8.
    private static final int LEAD = 0xc2;

    private static final int FIRST_BEYOND = 0x80;
    private static final int LAST_BEYOND = 0x9f;

    private boolean afterLead;

    private PlainOutput(PrintStream out) {
        super(out);
    }

    /// The same stream without control characters but line ends and tabs.
    static PrintStream of(PrintStream out) {
        return new PrintStream(new PlainOutput(out), true, StandardCharsets.UTF_8);
    }

    @Override
    public void write(int value) throws IOException {
        var one = value & 0xff;
        if (afterLead) {
            afterLead = false;
            if (one >= FIRST_BEYOND && one <= LAST_BEYOND) {
                spell(one);
                return;
            }
            out.write(LEAD);
        }
        if (one == LEAD) {
            afterLead = true;
        } else if (one == DELETE
                || (one < ' ' && System.lineSeparator().indexOf(one) < 0 && one != '\t')) {
            spell(one);
        } else {
            out.write(one);
        }
    }

    private void spell(int control) throws IOException {
        out.write("\\u%04x".formatted(control).getBytes(StandardCharsets.US_ASCII));
    }
}
