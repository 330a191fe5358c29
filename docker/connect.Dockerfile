# Kafka's own worker with Debezium's connector for MySQL, fetched by Maven and held to its pinned digest.
ARG KAFKA_VERSION=4.3.1

FROM maven:3.9-eclipse-temurin-17 AS plugin
ARG DEBEZIUM_VERSION=3.6.1.Final
ARG DEBEZIUM_SHA256=1dfd80c86e204406c5d886836da1f022e4955bc3900c0491b892c22c8b901af2
ARG DEPENDENCY_PLUGIN_VERSION=3.8.1
WORKDIR /plugin
RUN mvn --batch-mode --quiet --strict-checksums \
      org.apache.maven.plugins:maven-dependency-plugin:${DEPENDENCY_PLUGIN_VERSION}:copy \
      -Dartifact=io.debezium:debezium-connector-mysql:${DEBEZIUM_VERSION}:tar.gz:plugin -DoutputDirectory=. \
 && archive=debezium-connector-mysql-${DEBEZIUM_VERSION}-plugin.tar.gz \
 && echo "${DEBEZIUM_SHA256}  ${archive}" | sha256sum -c - \
 && mkdir /debezium && tar -xzf "${archive}" -C /debezium

FROM apache/kafka:${KAFKA_VERSION}
COPY --from=plugin /debezium /opt/debezium
COPY start-connect.sh connect-answers.sh /opt/jangbu/
CMD ["/opt/jangbu/start-connect.sh"]
