package dev.slipway.kernel.store;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/// The tables of a log in SQL, of layout [#LAYOUT], and what the two dialects say differently.
///
/// `revision` is the log and `head` the newest number of each key, with its body unless it was deleted. `tip` has one
/// row: the newest number and its digest, which whoever appends locks, and the lease. A `hole` stands for compacted
/// numbers that lie together and keeps the digest of the last of them. `horizon` says for each kind how far compaction
/// has come. `data_key` holds the wrapped keys of sealed bodies.
///
/// Bodies are JSON and so begin with `{`, which leaves room for other encodings that begin otherwise. A tombstone has
/// none. Times are microseconds since 1970. There is no index but the keys: the newest revision of a key is in `head`,
/// the ones before it are found by walking along `previous`, or `kept` where compaction has made a step longer.
///
/// Both tables are in order of arrival, bodies apart from the keys' index: a group of creations fills a few pages at
/// the end instead of one page for each place in the order of keys, a third of the bytes.
enum SqlTables {
    SQLITE("INTEGER", "BLOB", "TEXT", " STRICT", "BEGIN IMMEDIATE", "", ""),

    /// Its connections begin transactions by themselves, and whoever appends tells those who listen.
    POSTGRES(
            "BIGINT",
            "BYTEA",
            "TEXT COLLATE \"C\"",
            "",
            "",
            " FOR UPDATE",
            " RETURNING pg_notify('" + SqlTables.CHANNEL + "', number::text)");

    /// What those who follow a log on PostgreSQL listen to; each message is a newest number.
    static final String CHANNEL = "slipway";

    /// What this program writes and reads.
    static final int LAYOUT = 2;

    /// The columns of `revision`, the body last.
    static final String REVISION =
            "number, cluster, api_group, plural, namespace, name, uid, operation, previous, actor, causes, note, time, batch, digest, kept, body";

    static final int COLUMNS = 17;

    private static final List<String> TABLES =
            List.of(
                    """
                    CREATE TABLE revision (
                        number {number} PRIMARY KEY,
                        cluster {text} NOT NULL,
                        api_group {text} NOT NULL,
                        plural {text} NOT NULL,
                        namespace {text} NOT NULL,
                        name {text} NOT NULL,
                        uid {text} NOT NULL,
                        operation {text} NOT NULL,
                        previous {number} NOT NULL,
                        actor {text} NOT NULL,
                        causes {text} NOT NULL,
                        note {text} NOT NULL,
                        time {number} NOT NULL,
                        batch {number} NOT NULL,
                        digest {bytes} NOT NULL,
                        kept {number},
                        body {bytes} NOT NULL
                    ){end}\
                    """,
                    """
                    CREATE TABLE head (
                        cluster {text} NOT NULL,
                        api_group {text} NOT NULL,
                        plural {text} NOT NULL,
                        namespace {text} NOT NULL,
                        name {text} NOT NULL,
                        number {number} NOT NULL,
                        checksum {number} NOT NULL,
                        body {bytes},
                        UNIQUE (cluster, api_group, plural, namespace, name)
                    ){end}\
                    """,
                    """
                    CREATE TABLE tip (
                        one {number} PRIMARY KEY CHECK (one = 1),
                        number {number} NOT NULL,
                        digest {bytes} NOT NULL,
                        epoch {number} NOT NULL,
                        holder {text} NOT NULL,
                        until {number} NOT NULL
                    ){end}\
                    """,
                    """
                    CREATE TABLE hole (
                        last {number} PRIMARY KEY,
                        first {number} NOT NULL,
                        digest {bytes} NOT NULL
                    ){end}\
                    """,
                    """
                    CREATE TABLE horizon (
                        cluster {text} NOT NULL,
                        api_group {text} NOT NULL,
                        plural {text} NOT NULL,
                        removed {number} NOT NULL,
                        complete {number} NOT NULL,
                        PRIMARY KEY (cluster, api_group, plural)
                    ){end}\
                    """,
                    """
                    CREATE TABLE data_key (
                        uid {text} PRIMARY KEY,
                        wrapped {bytes} NOT NULL
                    ){end}\
                    """);

    private final String number;
    private final String bytes;
    private final String text;
    private final String end;
    private final String begin;
    private final String lock;
    private final String told;

    SqlTables(
            String number,
            String bytes,
            String text,
            String end,
            String begin,
            String lock,
            String told) {
        this.number = number;
        this.bytes = bytes;
        this.text = text;
        this.end = end;
        this.begin = begin;
        this.lock = lock;
        this.told = told;
    }

    /// Makes all tables, in the transaction that the statement's connection is in.
    void make(Statement statement) throws SQLException {
        for (var table : TABLES) {
            statement.executeUpdate(
                    table.replace("{number}", number)
                            .replace("{bytes}", bytes)
                            .replace("{text}", text)
                            .replace("{end}", end));
        }
        try (var tip =
                statement
                        .getConnection()
                        .prepareStatement("INSERT INTO tip VALUES (1, 0, ?, 0, '', 0)")) {
            tip.setBytes(1, Entry.GENESIS);
            tip.executeUpdate();
        }
    }

    /// Begins a transaction that writes.
    void begin(Statement statement) throws SQLException {
        if (!begin.isEmpty()) {
            statement.execute(begin);
        }
    }

    /// Moves the tip on, and tells whoever listens once the transaction is committed.
    String advance() {
        return "UPDATE tip SET number = ?, digest = ?" + told;
    }

    /// What a query ends with that locks the rows it finds until the transaction ends.
    String lock() {
        return lock;
    }
}
