package dev.lockstep.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.jboss.logmanager.formatters.PatternFormatter;

/**
 * Everything that anything in this JVM logs, down to TRACE, but for the categories that the
 * operator's settings cap, which log what these let through. The console stays quiet meanwhile.
 */
final class CapturedLog implements AutoCloseable {
    private static final Path SETTINGS = Path.of("src/main/resources/application.properties");
    private static final Pattern MINIMUM =
            Pattern.compile("quarkus\\.log\\.category\\.\"(.+)\"\\.min-level");
    private static final Map<String, Level> LEVELS =
            Map.of("DEBUG", Level.FINE, "INFO", Level.INFO, "WARN", Level.WARNING);

    private final Logger root = Logger.getLogger("");
    private final Level levelBefore = root.getLevel();
    private final Handler[] handlersBefore = root.getHandlers();
    private final Map<Logger, Level> capped = new HashMap<>();
    private final Queue<String> records = new ConcurrentLinkedQueue<>();
    private final Handler capture = new Capture();

    private CapturedLog() {
        minimumLevels()
                .forEach(
                        (category, minimum) -> {
                            var logger = Logger.getLogger(category);
                            capped.put(logger, logger.getLevel());
                            logger.setLevel(LEVELS.get(minimum));
                        });
        for (var handler : handlersBefore) {
            root.removeHandler(handler);
        }
        root.addHandler(capture);
        root.setLevel(Level.ALL);
    }

    static CapturedLog start() {
        return new CapturedLog();
    }

    /** The lowest level of each category that application.properties caps. */
    static Map<String, String> minimumLevels() {
        var minimums = new HashMap<String, String>();
        settings()
                .forEach(
                        (name, value) -> {
                            var category = MINIMUM.matcher(name.toString());
                            if (category.matches()) {
                                minimums.put(category.group(1), value.toString());
                            }
                        });
        return minimums;
    }

    static Properties settings() {
        var settings = new Properties();
        try (var content = Files.newBufferedReader(SETTINGS)) {
            settings.load(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return settings;
    }

    /** One text for each record: logger, level, message, and the stack trace with its causes. */
    List<String> records() {
        return new ArrayList<>(records);
    }

    @Override
    public void close() {
        root.removeHandler(capture);
        root.setLevel(levelBefore);
        for (var handler : handlersBefore) {
            root.addHandler(handler);
        }
        capped.forEach(Logger::setLevel);
    }

    private final class Capture extends Handler {
        private final Formatter formatter = new PatternFormatter("%c %p %s%n%e");

        private Capture() {
            setLevel(Level.ALL);
        }

        @Override
        public void publish(LogRecord logged) {
            records.add(formatter.format(logged));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
