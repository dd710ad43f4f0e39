package dev.callboard.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.hsqldb.Database;
import org.hsqldb.DatabaseManager;
import org.hsqldb.DatabaseType;
import org.hsqldb.DatabaseURL;
import org.hsqldb.jdbc.JDBCConnection;
import org.hsqldb.lib.FileAccess;
import org.hsqldb.persist.HsqlProperties;

/**
 * Properties of a connection that give HSQLDB a way to its files while it opens a database. It has no setting for that, takes the
 * one for granted that it finds in its logger when it opens the files, and asks the properties of the connection before.
 */
final class FileAccessProperties extends HsqlProperties {
    private final FileAccess files;

    private FileAccessProperties(Properties properties, FileAccess files) {
        super(properties);
        this.files = files;
    }

    /**
     * Connects to a database, which is opened where it is not open.
     *
     * @param url of files, with what {@code DriverManager} would be given
     */
    static Connection connect(String url, String user, String password, FileAccess files) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(DatabaseURL.parseURL(url, true, false).getProperties());
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        return new JDBCConnection(new FileAccessProperties(properties, files));
    }

    @Override
    public boolean isPropertyTrue(String key, boolean defaultValue) {
        Database opening = DatabaseManager.lookupDatabaseObject(DatabaseType.DB_FILE, getProperty("database"));
        // Before that it has not chosen one yet.
        if (opening != null && opening.logger.fileAccess != null) {
            opening.logger.fileAccess = files;
        }
        return super.isPropertyTrue(key, defaultValue);
    }
}
