package dev.lockstep.rollout;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvFromSource;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which Secrets the containers of a pod are given, and its images are pulled with. */
final class PodSecrets {
    private PodSecrets() {}

    static Set<String> of(@Nullable PodSpec pod) {
        if (pod == null) {
            return Set.of();
        }
        return Stream.of(
                        pod.getInitContainers().stream().flatMap(PodSecrets::ofContainer),
                        pod.getContainers().stream().flatMap(PodSecrets::ofContainer),
                        pod.getVolumes().stream().flatMap(PodSecrets::ofVolume),
                        pod.getImagePullSecrets().stream().map(LocalObjectReference::getName))
                .flatMap(names -> names)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static Stream<String> ofContainer(Container container) {
        return Stream.concat(
                container.getEnv().stream().flatMap(PodSecrets::ofVariable),
                container.getEnvFrom().stream().flatMap(PodSecrets::ofVariables));
    }

    private static Stream<String> ofVariable(EnvVar variable) {
        var source = variable.getValueFrom();
        return source == null || source.getSecretKeyRef() == null
                ? Stream.empty()
                : Stream.ofNullable(source.getSecretKeyRef().getName());
    }

    private static Stream<String> ofVariables(EnvFromSource source) {
        return source.getSecretRef() == null
                ? Stream.empty()
                : Stream.ofNullable(source.getSecretRef().getName());
    }

    private static Stream<String> ofVolume(Volume volume) {
        if (volume.getSecret() != null) {
            return Stream.ofNullable(volume.getSecret().getSecretName());
        }
        return volume.getProjected() == null
                ? Stream.empty()
                : volume.getProjected().getSources().stream()
                        .filter(source -> source.getSecret() != null)
                        .flatMap(source -> Stream.ofNullable(source.getSecret().getName()));
    }
}
