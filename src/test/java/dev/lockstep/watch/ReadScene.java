package dev.lockstep.watch;

import dev.lockstep.source.Identity;
import dev.lockstep.source.RemoteKey;
import dev.lockstep.source.RemoteValue;
import dev.lockstep.source.RemoteVersion;
import dev.lockstep.source.RequestedVersion;
import dev.lockstep.source.SourceFailure;
import dev.lockstep.source.SourceResult;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Reads of a fake account, in time that passes only here. */
class ReadScene {
    static final RequestedVersion CURRENT = RequestedVersion.CURRENT;
    static final RequestedVersion PREVIOUS = RequestedVersion.label("AWSPREVIOUS");
    static final ReadBatches.Linger NO_LINGER = (full, moments) -> {};

    record Told(RemoteKey key, RequestedVersion asked, String versionId) {}

    final ManualClock clock = new ManualClock();
    final FakeAccount account = new FakeAccount().withSecrets(50);
    final List<Told> told = Collections.synchronizedList(new ArrayList<>());
    final SharedReads reads = reads(NO_LINGER);

    SharedReads reads(ReadBatches.Linger linger) {
        return new SharedReads(
                clock,
                linger,
                () -> clock.instant().toEpochMilli() * 1_000_000,
                (Identity identity, RemoteKey key, ReadListener.Answer answer) ->
                        told.add(new Told(key, answer.asked(), answer.version().versionId())));
    }

    ReadRequest request(int number) {
        var key = FakeAccount.key(number);
        return new ReadRequest(key, CURRENT, account.versionOf(key, CURRENT));
    }

    /** For a secret that the index saw, and that is gone since. */
    ReadRequest stale(int number) {
        return new ReadRequest(
                FakeAccount.key(number), CURRENT, Optional.of(new RemoteVersion("arn:gone", "v1")));
    }

    Optional<RemoteVersion> version(int number, String versionId) {
        return account.versionOf(FakeAccount.key(number), CURRENT)
                .map(v -> new RemoteVersion(v.arn(), versionId));
    }

    SourceResult<RemoteValue> read(SharedReads shared, ReadRequest request) {
        return shared.read(account, List.of(request)).get(request);
    }

    static FakeAccount.Call get(int number) {
        return new FakeAccount.Call("GetSecretValue", FakeAccount.key(number).id());
    }

    static String text(SourceResult<RemoteValue> result) {
        return result.fold(value -> value.bytes().utf8(), e -> e.failure().message());
    }

    static SourceFailure failure(SourceResult<RemoteValue> result) {
        return ((SourceResult.Failed<RemoteValue>) result).cause().failure();
    }
}
