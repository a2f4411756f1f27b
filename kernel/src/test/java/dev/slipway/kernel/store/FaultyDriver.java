package dev.slipway.kernel.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Properties;
import java.util.logging.Logger;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// SQLite's driver, one of whose statements fails: the n-th of those that are counted, before it runs or after it.
///
/// While it is open it stands in for the real driver in this process.
final class FaultyDriver implements Driver, AutoCloseable {
    /// What is counted, and when the fault comes.
    enum Fault {
        STATEMENT_FAILS,
        COMMIT_FAILS,
        COMMIT_LOSES_ITS_ANSWER,

        /// A statement finds no room, as SQLite says it.
        DISK_IS_FULL
    }

    private final Driver real;
    private final Fault fault;
    private final int at;
    private final Runnable each;
    private int counted;

    private FaultyDriver(Driver real, Fault fault, int at, Runnable each) {
        this.each = each;
        this.real = real;
        this.fault = fault;
        this.at = at;
    }

    /// Takes the place of the real driver.
    static FaultyDriver open(Fault fault, int at) throws SQLException {
        return open(fault, at, () -> {});
    }

    /// Takes the place of the real driver and fails nothing, but lets something be done before each statement.
    static FaultyDriver observe(Runnable each) throws SQLException {
        return open(Fault.STATEMENT_FAILS, Integer.MAX_VALUE, each);
    }

    private static FaultyDriver open(Fault fault, int at, Runnable each) throws SQLException {
        var real =
                Collections.list(DriverManager.getDrivers()).stream()
                        .filter(driver -> driver.getClass().getName().equals("org.sqlite.JDBC"))
                        .findFirst()
                        .orElseThrow();
        var faulty = new FaultyDriver(real, fault, at, each);
        DriverManager.deregisterDriver(real);
        DriverManager.registerDriver(faulty);
        return faulty;
    }

    /// Whether so many were counted that one has failed.
    synchronized boolean reached() {
        return counted >= at;
    }

    @Override
    public Connection connect(String url, Properties properties) throws SQLException {
        return wrapped(Connection.class, real.connect(url, properties), "");
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return real.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties)
            throws SQLException {
        return real.getPropertyInfo(url, properties);
    }

    @Override
    public int getMajorVersion() {
        return real.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return real.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return real.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public void close() throws SQLException {
        DriverManager.deregisterDriver(this);
        DriverManager.registerDriver(real);
    }

    /// @param prepared the text of a prepared statement
    private <T> T wrapped(Class<T> type, Object target, String prepared) {
        return type.cast(
                Proxy.newProxyInstance(
                        FaultyDriver.class.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, arguments) -> call(target, prepared, method, arguments)));
    }

    private Object call(Object target, String prepared, Method method, Object[] arguments)
            throws Throwable {
        var sql =
                arguments != null && arguments.length > 0 && arguments[0] instanceof String text
                        ? text
                        : prepared;
        var executes = method.getName().startsWith("execute");
        if (executes && fault != Fault.COMMIT_LOSES_ITS_ANSWER) {
            each.run();
            fail(sql);
        }
        var result = invoke(target, method, arguments);
        if (executes && fault == Fault.COMMIT_LOSES_ITS_ANSWER) {
            fail(sql);
        }
        return result instanceof Statement statement
                ? wrapped(method.getReturnType().asSubclass(Statement.class), statement, sql)
                : result;
    }

    private synchronized void fail(String sql) throws SQLException {
        var counts =
                fault == Fault.STATEMENT_FAILS
                        || fault == Fault.DISK_IS_FULL
                        || sql.startsWith("COMMIT");
        if (counts && ++counted == at) {
            var message = "planted: " + sql.strip().lines().findFirst().orElse("");
            throw fault == Fault.DISK_IS_FULL
                    ? new SQLiteException(message, SQLiteErrorCode.SQLITE_FULL)
                    : new SQLException(message);
        }
    }

    private static Object invoke(Object target, Method method, Object[] arguments)
            throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
