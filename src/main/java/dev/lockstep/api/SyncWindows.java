package dev.lockstep.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Map;

/** When refreshes may happen. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record SyncWindows(
        @JsonPropertyDescription(
                        "allow refreshes within the windows only, deny refreshes outside of them"
                                + " only.")
                @Required
                @SchemaFrom(type = SyncWindowKind.class)
                String kind,
        @JsonPropertyDescription("The windows; their times are UTC.") @Required @Size(min = 1)
                List<Window> windows,
        @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
        implements SpecObject {
    public SyncWindows {
        kind = Absent.orEmpty(kind);
        windows = Absent.orEmpty(windows);
        unknown = Absent.orEmpty(unknown);
    }

    /** When a window opens and for how long. */
    @JsonInclude(JsonInclude.Include.NON_EMPTY)
    public record Window(
            @JsonPropertyDescription(
                            "When the window opens: five cron fields, or a descriptor such as"
                                    + " @daily or @every 6h.")
                    @Required
                    @Pattern(SCHEDULE)
                    String schedule,
            @JsonPropertyDescription("How long it stays open, such as 2h30m.") @Required
                    String duration,
            @JsonAnySetter @JsonAnyGetter Map<String, Object> unknown)
            implements SpecObject {
        static final String SCHEDULE =
                "^(@(annually|yearly|monthly|weekly|daily|midnight|hourly)"
                        + "|@every [0-9].*"
                        + "|\\S+\\s+\\S+\\s+\\S+\\s+\\S+\\s+\\S+)$";

        public Window {
            schedule = Absent.orEmpty(schedule);
            duration = Absent.orEmpty(duration);
            unknown = Absent.orEmpty(unknown);
        }
    }
}
