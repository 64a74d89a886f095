package dev.lockstep.render;

import dev.lockstep.api.ConversionStrategy;
import dev.lockstep.api.DataFrom;
import dev.lockstep.api.DecodingStrategy;
import dev.lockstep.api.NullBytePolicy;
import dev.lockstep.api.RemoteRef;

/** The form that an entry of the spec asks of keys and values. */
record ValueForm(
        ConversionStrategy conversion, DecodingStrategy decoding, NullBytePolicy nullBytes) {

    static ValueForm of(RemoteRef ref) {
        return new ValueForm(
                ref.conversionStrategyOrDefault(),
                ref.decodingStrategyOrDefault(),
                ref.nullBytePolicyOrDefault());
    }

    static ValueForm of(DataFrom.Find find) {
        return new ValueForm(
                find.conversionStrategyOrDefault(),
                find.decodingStrategyOrDefault(),
                find.nullBytePolicyOrDefault());
    }
}
