package dev.lockstep.aws;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.lockstep.api.AwsService;
import dev.lockstep.api.Store;
import dev.lockstep.source.CallObserver;
import dev.lockstep.source.CredentialSecrets;
import dev.lockstep.source.Identity;
import dev.lockstep.source.IssuedToken;
import dev.lockstep.source.SecretSource;
import dev.lockstep.source.SecretSources;
import dev.lockstep.source.ServiceAccounts;
import dev.lockstep.source.SourceException;
import dev.lockstep.source.SourceFailure.CredentialsMissing;
import dev.lockstep.source.SourceFailure.Unreachable;
import dev.lockstep.source.TokenIssuer;
import dev.lockstep.source.TokenRequest;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpClient;

/**
 * Opens stores onto AWS Secrets Manager and Parameter Store.
 *
 * <p>A source is found by its identity, and an identity holds the store's own credential source; so
 * whoever finds a source has the references that proved it.
 */
public final class AwsSecretSources implements SecretSources, TokenIssuer, AutoCloseable {
    static final String PROOF = "looking for credentials";

    private final AwsOptions options;
    private final Claims claims;
    private final CredentialChains chains;
    private final OperatorCredentials operator;
    private final AwsClients clients;
    private final Calls calls;
    private final AwsTokens tokens;

    /**
     * Futures, so that opens of one identity share one proof and other identities do not wait. Not
     * an AsyncCache, which logs each failure that we throw.
     */
    private final Cache<Key, CompletableFuture<Proven>> proven;

    /** Apart from what is proven, because a failed proof is forgotten. */
    private final Cache<Key, CircuitBreaker> breakers;

    private final Clock clock;

    /**
     * @param environment the process's, for endpoint overrides and the operator's own IRSA token
     * @throws IllegalArgumentException when an endpoint override is no URL
     */
    public AwsSecretSources(
            AwsOptions options,
            ServiceAccounts accounts,
            CredentialSecrets secrets,
            CallObserver observer,
            Map<String, String> environment,
            Clock clock) {
        this(
                options,
                new Kubernetes(accounts, secrets),
                observer,
                Map.copyOf(environment),
                clock,
                AwsClients.httpClient());
    }

    AwsSecretSources(
            AwsOptions options,
            Kubernetes kubernetes,
            CallObserver observer,
            Map<String, String> environment,
            Clock clock,
            SdkHttpClient http) {
        var overrides = AwsEndpoint.overrides(environment);
        Ticker ticker = () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
        this.options = options;
        this.clock = clock;
        this.claims =
                new Claims(
                        options.clusterName(),
                        kubernetes.accounts(),
                        kubernetes.secrets(),
                        overrides);
        this.operator = new OperatorCredentials(environment, options.clusterName());
        this.clients = new AwsClients(options, overrides, http, ticker);
        this.calls = new Calls(observer, clock);
        this.tokens = new AwsTokens(clients, new EcrClient(http, overrides, environment), calls);
        this.chains =
                new CredentialChains(
                        kubernetes.accounts(), kubernetes.secrets(), operator, clients, calls);
        this.breakers =
                Caffeine.newBuilder()
                        .expireAfterAccess(options.identityIdle())
                        .ticker(ticker)
                        .executor(Runnable::run)
                        .build();
        this.proven =
                Caffeine.newBuilder()
                        .expireAfterAccess(options.identityIdle())
                        .ticker(ticker)
                        .executor(Runnable::run)
                        .evictionListener(AwsSecretSources::dropped)
                        .build();
    }

    @Override
    public Optional<String> problem(Store store) {
        return StoreProblems.first(store);
    }

    @Override
    public SecretSource open(Store store, String namespace) throws SourceException {
        return proven(store, namespace).source();
    }

    @Override
    public IssuedToken issue(Store as, String namespace, TokenRequest request)
            throws SourceException {
        return tokens.issue(proven(as, namespace).calls(), request);
    }

    private Proven proven(Store store, String namespace) throws SourceException {
        var problem = problem(store);
        var aws = store.spec().provider().aws();
        if (problem.isPresent() || aws == null) {
            throw new SourceException(new CredentialsMissing(problem.orElse("")));
        }
        var claim = claims.of(store, aws, namespace);
        var key = new Key(claim.identity(), claim.retries());
        var mine = new CompletableFuture<Proven>();
        var first = proven.asMap().putIfAbsent(key, mine);
        var breaker = breakers.get(key, k -> new CircuitBreaker(options.attemptTimeout(), clock));
        if (first == null) {
            prove(claim, breaker, mine, () -> proven.asMap().remove(key, mine));
        } else if (!first.isDone()) {
            breaker.refuseWhileOpen(PROOF);
        }
        return outcome(first == null ? mine : first);
    }

    /** On the caller's thread. A failed proof is forgotten before anybody hears of it. */
    private void prove(
            Claim claim,
            CircuitBreaker breaker,
            CompletableFuture<Proven> outcome,
            Runnable forget) {
        try {
            var unproven = unproven(claim, breaker);
            unproven.calls().prove();
            outcome.complete(unproven);
        } catch (RuntimeException e) {
            forget.run();
            outcome.completeExceptionally(new SourceException(ClientErrors.failure(e, PROOF)));
        } catch (SourceException | Error e) {
            // An Error too, or all who wait for this proof would wait for ever.
            forget.run();
            outcome.completeExceptionally(e);
        }
    }

    private Proven unproven(Claim claim, CircuitBreaker breaker) throws SourceException {
        var region = claim.identity().region();
        var subject = claim.credentials().subject();
        if (claim.identity().service() == AwsService.ParameterStore) {
            var errors = new ParameterStoreErrors(region, subject);
            var calls = calls(claim, breaker, errors);
            return new Proven(
                    calls,
                    new ParameterStoreSource(
                            calls, () -> clients.ssm(region, claim.retries()), region));
        }
        var errors = new SecretsManagerErrors(region, subject);
        var calls = calls(claim, breaker, errors);
        return new Proven(
                calls,
                new SecretsManagerSource(
                        calls, () -> clients.secretsManager(region, claim.retries()), errors));
    }

    private IdentityCalls calls(Claim claim, CircuitBreaker breaker, ServiceErrors errors)
            throws SourceException {
        return new IdentityCalls(
                claim, chains.of(claim), calls, options.attemptTimeout(), breaker, errors);
    }

    private static Proven outcome(CompletableFuture<Proven> proof) throws SourceException {
        try {
            return proof.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SourceException(new Unreachable(PROOF, "interrupted"));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SourceException failure) {
                throw failure;
            }
            throw new IllegalStateException("the proof of an identity broke off", e.getCause());
        }
    }

    private static void dropped(
            @Nullable Key key, @Nullable CompletableFuture<Proven> proof, RemovalCause why) {
        if (proof != null) {
            end(proof);
        }
    }

    private static void end(CompletableFuture<Proven> proof) {
        proof.thenAccept(one -> one.calls().close());
    }

    /** Closes clients and credentials; sources must not be used any more. */
    @Override
    public void close() {
        proven.asMap().values().forEach(AwsSecretSources::end);
        operator.close();
        clients.close();
    }

    /** What the cluster has for credentials. */
    record Kubernetes(ServiceAccounts accounts, CredentialSecrets secrets) {}

    /** A source and how its calls are made; kept only once they are proven. */
    private record Proven(IdentityCalls calls, SecretSource source) {}

    /** Retry settings are the client's, so a store's own must not act on another's calls. */
    private record Key(Identity identity, Retries retries) {}
}
