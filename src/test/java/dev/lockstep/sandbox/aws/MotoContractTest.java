package dev.lockstep.sandbox.aws;

import dev.lockstep.sandbox.Moto;
import dev.lockstep.sandbox.MotoServer;
import java.net.URI;
import org.junit.jupiter.api.BeforeEach;

@Moto
class MotoContractTest implements AwsContract {

    private final MotoServer moto;

    MotoContractTest(MotoServer moto) {
        this.moto = moto;
    }

    @BeforeEach
    void forget() {
        moto.reset();
    }

    @Override
    public URI endpoint() {
        return moto.endpoint();
    }
}
