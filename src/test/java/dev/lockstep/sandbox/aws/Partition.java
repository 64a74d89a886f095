package dev.lockstep.sandbox.aws;

import software.amazon.awssdk.regions.PartitionMetadata;
import software.amazon.awssdk.regions.Region;

/** The first part of every ARN. */
final class Partition {

    private Partition() {}

    static String of(String region) {
        return PartitionMetadata.of(Region.of(region)).id();
    }
}
