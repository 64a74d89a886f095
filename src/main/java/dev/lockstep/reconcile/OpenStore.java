package dev.lockstep.reconcile;

import dev.lockstep.api.GoDuration;
import dev.lockstep.api.Store;
import dev.lockstep.api.VersionWatch;
import dev.lockstep.source.SecretSource;
import dev.lockstep.sync.SyncPlan;
import dev.lockstep.watch.WatchSettings;

/** A store that may be used, with the source behind it. */
record OpenStore(Store store, SecretSource source) {

    SyncPlan.StoreUse use() {
        var aws = store.spec().provider().aws();
        return new SyncPlan.StoreUse(
                store.getMetadata().getUid(),
                aws == null ? "" : aws.prefixOrEmpty(),
                source.identity());
    }

    WatchSettings watchSettings() {
        return watchSettings(store);
    }

    /** How that store wants its versions watched; its interval was checked before. */
    static WatchSettings watchSettings(Store store) {
        var aws = store.spec().provider().aws();
        var watch = aws == null ? VersionWatch.DEFAULT : aws.versionWatchOrDefault();
        return new WatchSettings(
                watch.modeOrDefault(),
                GoDuration.parse(watch.intervalOrDefault()).orElseThrow(),
                watch.maxCallsPerHourOrDefault());
    }
}
