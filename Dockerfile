# Builds Lockstep and trains its AOT cache on a sync against the sandbox:
#
#   docker buildx build --platform linux/amd64,linux/arm64 --tag REPOSITORY:0.1.0 --push .
#
# An AOT cache is good for the very build of the JVM and for the very files that it was made with. So
# it is made by the runtime of the image itself, on each platform, and files keep their times.
FROM eclipse-temurin:25-jdk-noble AS jdk

FROM eclipse-temurin:25-jre-noble AS build
COPY --from=jdk /opt/java/openjdk /opt/jdk
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2,sharing=locked \
    JAVA_HOME=/opt/jdk JAVA25_HOME=/opt/java/openjdk hack/aot-cache \
    && cp -a target/quarkus-app /app \
    && cp -a src/main/container/java.options target/lockstep.aot /app/

FROM eclipse-temurin:25-jre-noble
COPY --from=build /app /app
WORKDIR /app
# The root file system can be read-only; the JVM and the HTTP server want a writable /tmp.
USER 65532:65532
EXPOSE 8080
ENTRYPOINT ["java", "@/app/java.options", "-XX:AOTCache=/app/lockstep.aot", "-jar", "quarkus-run.jar"]
