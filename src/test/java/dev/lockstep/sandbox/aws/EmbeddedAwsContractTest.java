package dev.lockstep.sandbox.aws;

import dev.lockstep.sandbox.EmbeddedAws;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;

class EmbeddedAwsContractTest implements AwsContract {

    private final EmbeddedAws aws = EmbeddedAws.start();

    @AfterEach
    void stop() {
        aws.close();
    }

    @Override
    public URI endpoint() {
        return aws.endpoint();
    }
}
