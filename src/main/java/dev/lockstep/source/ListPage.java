package dev.lockstep.source;

import java.util.List;
import java.util.Optional;

/** One page of a sweep. */
public record ListPage(List<RemoteSecret> secrets, Optional<String> nextToken) {
    public ListPage {
        secrets = List.copyOf(secrets);
    }
}
