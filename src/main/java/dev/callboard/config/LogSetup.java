package dev.callboard.config;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;

/**
 * The log: one line an event on standard error, standard output being for answers. In code rather than in XML, which costs
 * a fifth of a second at each start. {@code -Dlogback.configurationFile=FILE} takes its place.
 */
public final class LogSetup extends ContextAwareBase implements Configurator {
    /** Line breaks and escapes in a message are blanks: one event is one line, whatever a client sends. */
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z', UTC} %-5level %logger{24} -"
            + " %replace(%msg){'[\\x00-\\x08\\x0a-\\x1f\\x7f]', ' '}%n%ex{12}";

    @Override
    public ExecutionStatus configure(LoggerContext context) {
        ClassLoader loader = LogSetup.class.getClassLoader();
        if (System.getProperty("logback.configurationFile") != null || loader.getResource("logback-test.xml") != null) {
            return ExecutionStatus.INVOKE_NEXT_IF_ANY;
        }
        PatternLayoutEncoder encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern(PATTERN);
        encoder.start();
        ConsoleAppender<ILoggingEvent> appender = new ConsoleAppender<>();
        appender.setContext(context);
        appender.setTarget("System.err");
        appender.setEncoder(encoder);
        appender.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.INFO);
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(appender);
        for (String quiet : new String[] {"org.flywaydb", "hsqldb.db"}) {
            context.getLogger(quiet).setLevel(Level.WARN);
        }
        // It logs the patterns of users' schemas; who uses one is told in other ways.
        context.getLogger("com.networknt.schema").setLevel(Level.OFF);
        return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
    }
}
