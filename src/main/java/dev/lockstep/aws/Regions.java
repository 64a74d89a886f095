package dev.lockstep.aws;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** Regions of all partitions (commercial, China, GovCloud, isolated, European sovereign). */
final class Regions {
    private static final Set<String> LISTED =
            Region.regions().stream()
                    .filter(region -> !region.isGlobalRegion())
                    .map(Region::id)
                    .collect(Collectors.toUnmodifiableSet());

    /**
     * What regions of each partition look like: AWS opens new ones faster than SDKs are updated.
     */
    private static final List<Pattern> PARTITIONS =
            Region.regions().stream()
                    .map(region -> PartitionMetadata.of(region).regionRegex())
                    .distinct()
                    .map(Pattern::compile)
                    .toList();

    private Regions() {}

    /** Whether the region exists, or could by its partition's naming. */
    static boolean known(String region) {
        return LISTED.contains(region)
                || PARTITIONS.stream().anyMatch(names -> names.matcher(region).matches());
    }
}
