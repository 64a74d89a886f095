package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Min;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How version ids are watched, so that values are read only when they moved. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record VersionWatch(
        @JsonPropertyDescription(
                        "List: one ListSecrets sweep for all keys. Describe: DescribeSecret for"
                                + " each key. Auto: whichever needs fewer calls and is allowed. Off"
                                + " (in quotes, or YAML takes it for a boolean): values are read at"
                                + " every refresh.")
                @Default("Auto")
                @SchemaFrom(type = VersionWatchMode.class)
                @Nullable String mode,
        @JsonPropertyDescription("How often versions are looked at, such as 30s.")
                @Default(DEFAULT_INTERVAL)
                @Nullable String interval,
        @JsonPropertyDescription(
                        "How many AWS calls an hour this may take beyond those that the refresh"
                                + " intervals ask for.")
                @Default("2000")
                @Min(0)
                @Nullable Integer maxCallsPerHour,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    public static final String DEFAULT_INTERVAL = "1m";
    public static final int DEFAULT_MAX_CALLS_PER_HOUR = 2000;

    /** What an absent {@code versionWatch} means. */
    public static final VersionWatch DEFAULT = new VersionWatch(null, null, null, Map.of());

    public VersionWatch {
        unknown = Absent.orEmpty(unknown);
    }

    public VersionWatchMode modeOrDefault() {
        return Absent.or(mode, VersionWatchMode.Auto);
    }

    /** The interval in Go's duration syntax, not checked. */
    public String intervalOrDefault() {
        return Absent.or(interval, DEFAULT_INTERVAL);
    }

    public int maxCallsPerHourOrDefault() {
        return maxCallsPerHour == null ? DEFAULT_MAX_CALLS_PER_HOUR : maxCallsPerHour;
    }
}
