package dev.lockstep.aws;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "us-east-1",
                "cn-north-1",
                "us-gov-west-1",
                "us-iso-east-1",
                "us-isob-east-1",
                "eusc-de-east-1",
                // not listed by the SDK, but named as its partition names regions
                "eu-west-9"
            })
    void regionOfAnyPartition_isKnown(String region) {
        assertThat(Regions.known(region)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "mars-north-1", "eu-west", "EU-WEST-1", "aws-global", "eu-west-1 "})
    void anythingElse_isUnknown(String region) {
        assertThat(Regions.known(region)).isFalse();
    }
}
