package dev.callboard.embed;

import dev.callboard.embed.endpoint.Endpoint;
import dev.callboard.embed.endpoint.EndpointConfig;
import dev.callboard.embed.model.EmbeddingModel;
import dev.callboard.embed.model.MiniLm;
import dev.callboard.spi.StageContext;
import dev.callboard.spi.StageFailure;
import java.util.Optional;

/** Which model is used: the operator's endpoint if one is named, else the one inside the plugin. */
final class Models {
    private Models() {}

    static EmbeddingModel of(StageContext context) throws StageFailure {
        Optional<EndpointConfig> endpoint = EndpointConfig.from(context.pluginSettings());
        return endpoint.isPresent() ? new Endpoint(endpoint.get(), context) : MiniLm.get();
    }
}
