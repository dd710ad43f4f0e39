package dev.callboard.config;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.Layout;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import ch.qos.logback.core.spi.ContextAwareBase;
import dev.callboard.log.JsonLayout;
import dev.callboard.log.TextLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The log: one line an event on standard error, standard output being for answers. In code rather than in XML, which costs
 * a fifth of a second at each start. {@code -Dlogback.configurationFile=FILE} takes its place, and then {@code log} of the
 * configuration changes nothing.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    private static volatile @Nullable ConsoleAppender<ILoggingEvent> own;

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        ClassLoader loader = LogSetup.class.getClassLoader();
        if (System.getProperty("logback.configurationFile") != null || loader.getResource("logback-test.xml") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        write(appender, new TextLayout());
        appender.start();
        own = appender;
        context.addTurboFilter(new OutOfMemoryFilter());
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        for (String quiet : new String[] {"org.flywaydb", "hsqldb.db"}) {
            context.getLogger(quiet).setLevel(Level.WARN);
        }
        // A migration that finds no rows to change is no warning.
        context.getLogger("org.flywaydb.core.internal.sqlscript").setLevel(Level.ERROR);
        // It logs the patterns of users' schemas; who uses one gets an error.
        context.getLogger("com.networknt.schema").setLevel(Level.OFF);
        // An error with its stack for each frame of a client that is wrong, and for each client that goes away.
        context.getLogger("io.vertx.ext.web.handler.sockjs").setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }

    private static void write(ConsoleAppender<ILoggingEvent> appender, Layout<ILoggingEvent> layout) {
        layout.setContext(appender.getContext());
        layout.start();
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>();
        encoder.setContext(appender.getContext());
        encoder.setCharset(StandardCharsets.UTF_8);
        encoder.setLayout(layout);
        encoder.start();
        appender.setEncoder(encoder);
    }

    /** From here on the log is written as configured; what was logged before was text. */
    public static void use(ServerConfig.Log log) {
        // The first logger sets the log up, and there may have been none yet.
        LoggerFactory.getILoggerFactory();
        ConsoleAppender<ILoggingEvent> appender = own;
        if (appender == null) {
            return;
        }
        write(appender, log.json() ? new JsonLayout() : new TextLayout());
        LoggerContext context = (LoggerContext) appender.getContext();
        context.getLogger("dev.callboard").setLevel(Level.valueOf(log.level()));
        // Libraries say much below INFO that helps nobody here.
        Level others =
                Level.valueOf(log.level()).isGreaterOrEqual(Level.INFO) ? Level.valueOf(log.level()) : Level.INFO;
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(others);
    }
}
